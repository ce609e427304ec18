import type { Layer, PickingInfo } from '@deck.gl/core';
import { PathLayer, SolidPolygonLayer } from '@deck.gl/layers';
import type { Position } from 'geojson';
import type { Scene, SlabStep, Surface } from '@/components/maps/layers/scene';
import { RIM, RIM_GLOW, rgba, SELECTED, SLAB, SLAB_UPPER } from '@/components/ui/palette';
import type { RegionCode } from '@/metrics/model/cell';

/** Drawn in order on one slab: what comes later lies on top, whatever the depth buffer thinks. */
const ON_TOP = { depthCompare: 'always', depthWriteEnabled: false } as const;

interface Look {
  scene: Scene;
  fill(code: RegionCode): string;
  /** Lines over what has no value. */
  hatch: Position[][];
  k: number;
  hovered: RegionCode | null;
  selected: RegionCode | null;
}

/** Deck layers of a scene: neighbours, slab, surfaces, hatching, borders, rim. */
export function deckLayers({ scene, fill, hatch, k, hovered, selected }: Look): Layer[] {
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
    paths('ground-glow', scene.ground, RIM_GLOW, 22, 16),
    new SolidPolygonLayer<SlabStep>({
      id: `slab-${key}`,
      data: scene.slab,
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
    paths('hatch', hatch, RIM, 64, 1),
    paths('fine', scene.fine, RIM, 34, 0.8),
    paths('borders', scene.borders, RIM, 120, 1.1),
    paths('rim-glow-wide', scene.rim, RIM_GLOW, 36, 9),
    paths('rim-glow', scene.rim, RIM_GLOW, 90, 4),
    paths('rim', scene.rim, RIM, 255, 1.4),
    paths('selected', outlinesOf(scene, selected), SELECTED, 255, 3),
  ];
}

function outlinesOf({ surfaces }: Scene, region: RegionCode | null): Position[][] {
  return surfaces.filter(({ code }) => code === region).flatMap(({ rings }) => rings);
}

/** Two bands, darker below. */
function slabColour(share: number): [number, number, number, number] {
  return share < 0.5 ? rgba(SLAB) : rgba(SLAB_UPPER);
}

/** Region under the pointer; null outside. */
export function pickedRegion(info: PickingInfo): RegionCode | null {
  const object: Surface | null | undefined = info.object;
  return object?.code ?? null;
}

function lighter(
  [r, g, b, a]: [number, number, number, number],
  hovered: boolean,
): [number, number, number, number] {
  if (!hovered) return [r, g, b, a];
  const lift = (value: number) => Math.min(255, Math.round(value + (255 - value) * 0.22));
  return [lift(r), lift(g), lift(b), a];
}
