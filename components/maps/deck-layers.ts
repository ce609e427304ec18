import type { Layer, PickingInfo } from '@deck.gl/core';
import { PathLayer, SolidPolygonLayer } from '@deck.gl/layers';
import type { Position } from 'geojson';
import { hatchOf, type Scene, type Surface } from '@/components/maps/layers/scene';
import { RIM, RIM_GLOW, rgba, SLAB, SLAB_UPPER } from '@/components/ui/palette';
import type { RegionCode } from '@/metrics/model/cell';

/** Drawn in order on one slab: what comes later lies on top, whatever the depth buffer thinks. */
const ON_TOP = { depthCompare: 'always', depthWriteEnabled: false } as const;

interface Look {
  scene: Scene;
  fill(code: RegionCode): string;
  without: ReadonlySet<RegionCode>;
  k: number;
  hovered: RegionCode | null;
}

/** Deck layers of a scene: neighbours, slab, surfaces, hatching, borders, rim. */
export function deckLayers({ scene, fill, without, k, hovered }: Look): Layer[] {
  const key = scene.region;
  const paths = (id: string, data: Position[][], hex: string, alpha: number, width: number) =>
    new PathLayer<Position[]>({
      id: `${id}-${key}`,
      data,
      getPath: (path) => path as [number, number][],
      getColor: rgba(hex, alpha),
      getWidth: width * k,
      widthUnits: 'pixels',
      jointRounded: true,
      capRounded: true,
      parameters: ON_TOP,
    });
  return [
    paths('context', scene.context, RIM, 38, 1),
    paths('ground-glow', scene.ground.flat(), RIM_GLOW, 22, 16),
    new SolidPolygonLayer<SlabStep>({
      id: `slab-${key}`,
      data: slabSteps(scene),
      getPolygon: ({ rings }) => rings as [number, number, number][][],
      getFillColor: ({ share }) => slabColour(share),
      parameters: ON_TOP,
    }),
    new SolidPolygonLayer<Surface>({
      id: `surface-${key}`,
      data: scene.surfaces,
      getPolygon: ({ rings }) => rings as [number, number, number][][],
      getFillColor: ({ code }) => lighter(rgba(fill(code)), code === hovered),
      updateTriggers: { getFillColor: [fill, hovered] },
      pickable: true,
      parameters: ON_TOP,
    }),
    paths('hatch', hatchOf(scene, without), RIM, 64, 1),
    paths('fine', scene.fine, RIM, 34, 0.8),
    paths('borders', scene.borders, RIM, 120, 1.1),
    paths('rim-glow-wide', scene.rim, RIM_GLOW, 36, 9),
    paths('rim-glow', scene.rim, RIM_GLOW, 90, 4),
    paths('rim', scene.rim, RIM, 255, 1.4),
  ];
}

interface SlabStep {
  rings: Position[][];
  /** 0 on the ground, 1 just under the surface. */
  share: number;
}

const SLAB_STEPS = 14;

/** The slab's side as a stack of thin sheets: clean at any outline, where walls of single edges would flicker. */
function slabSteps({ ground, heightM }: Scene): SlabStep[] {
  return Array.from({ length: SLAB_STEPS }, (_, step) => step / SLAB_STEPS).flatMap((share) =>
    ground.map((polygon) => ({
      share,
      rings: polygon.map((ring) => ring.map(([lon = 0, lat = 0]) => [lon, lat, share * heightM])),
    })),
  );
}

/** Two bands, darker below. */
function slabColour(share: number): [number, number, number, number] {
  return share < 0.5 ? rgba(SLAB) : rgba(SLAB_UPPER);
}

export function pickedRegion(info: PickingInfo<Surface>): RegionCode | null {
  return info.object?.code ?? null;
}

function lighter(
  [r, g, b, a]: [number, number, number, number],
  hovered: boolean,
): [number, number, number, number] {
  if (!hovered) return [r, g, b, a];
  const lift = (value: number) => Math.min(255, Math.round(value + (255 - value) * 0.22));
  return [lift(r), lift(g), lift(b), a];
}
