import type { Position } from 'geojson';
import { hatchLines } from '@/components/maps/layers/hatch';
import { type BoundaryTopology, boundaryFeatures, polygonsOf } from '@/metrics/geo/boundary-topology';
import type { RegionCode } from '@/metrics/model/cell';
import { childrenOf, levelOf } from '@/metrics/regions/tree';

/** One polygon of one region, lifted to the top of the slab. */
export interface Surface {
  code: RegionCode;
  rings: Position[][];
}

/** One sheet of the slab's side. */
export interface SlabStep {
  rings: Position[][];
  /** 0 on the ground, 1 just under the surface. */
  share: number;
}

export interface PlaceLabel {
  code: RegionCode;
  name: string;
  point: Position;
  /** Rough size of the region in square degrees: big ones get their label first. */
  weight: number;
}

/** Geometry of one view: a province with its cities, a city with its counties. No colours, no pixels. */
export interface Scene {
  region: RegionCode;
  surfaces: Surface[];
  /** The slab's side as a stack of thin sheets: clean at any outline, where walls of single edges would flicker. */
  slab: SlabStep[];
  /** Outline of the whole, on the ground and on top. */
  ground: Position[][];
  rim: Position[][];
  /** Borders between the parts, and finer ones inside them. */
  borders: Position[][];
  fine: Position[][];
  /** Neighbouring cities around a drilled one. */
  context: Position[][];
  labels: PlaceLabel[];
  /** Parts that the boundary file has no outline of. */
  undrawn: RegionCode[];
  heightM: number;
  /** Points that must be in the picture. */
  extent: Position[];
}

const HATCHES_ACROSS = 90;
const SLAB_SHARE = 0.022;
const SLAB_STEPS = 14;
const METRES_PER_DEGREE = 111_320;

/** Null where the boundary file has no outline at all of the region: an authorised file may leave some out. */
export function sceneOf(topology: BoundaryTopology, region: RegionCode): Scene | null {
  const level = levelOf(region);
  const counties = boundaryFeatures(topology, 'county');
  const cities = boundaryFeatures(topology, 'city');
  const whole = [...boundaryFeatures(topology, 'province'), ...cities, ...counties].find(
    (outline) => outline.properties.code === region,
  );
  const within = new Set(childrenOf(region).map(({ code }) => code));
  const parts = (level === 'province' ? cities : counties).filter(({ properties }) =>
    within.has(properties.code),
  );
  const shown = parts.length > 0 || !whole ? parts : [whole];
  if (!whole || shown.length === 0) return null;
  const drawn = new Set(shown.map(({ properties }) => properties.code));
  const ground = polygonsOf(whole);
  const points = ground.flatMap((polygon) => polygon[0] ?? []);
  const lats = points.map(([, lat = 0]) => lat);
  const heightM = (Math.max(...lats) - Math.min(...lats)) * METRES_PER_DEGREE * SLAB_SHARE;
  const lift = (line: readonly Position[]): Position[] =>
    line.map(([lon = 0, lat = 0]) => [lon, lat, heightM]);
  return {
    region,
    surfaces: shown.flatMap((part) =>
      polygonsOf(part).map((rings) => ({ code: part.properties.code, rings: rings.map(lift) })),
    ),
    slab: slabOf(ground, heightM),
    ground: ground.flat(),
    rim: ground.flatMap((polygon) => polygon.map(lift)),
    borders: shown.flatMap((part) => polygonsOf(part).flatMap((rings) => rings.map(lift))),
    fine:
      level === 'province'
        ? counties.flatMap((part) => polygonsOf(part).flatMap((rings) => rings.map(lift)))
        : [],
    context: level === 'province' ? [] : cities.flatMap((part) => polygonsOf(part).flat()),
    labels: shown.map((part) => ({
      code: part.properties.code,
      name: part.properties.name,
      point: [...part.properties.labelPoint, heightM],
      weight: polygonsOf(part).reduce((sum, rings) => sum + extentOf(rings[0] ?? []), 0),
    })),
    undrawn: parts.length > 0 ? [...within].filter((code) => !drawn.has(code)) : [],
    heightM,
    extent: [...points, ...lift(points)],
  };
}

function slabOf(ground: readonly Position[][][], heightM: number): SlabStep[] {
  return Array.from({ length: SLAB_STEPS }, (_, step) => step / SLAB_STEPS).flatMap((share) =>
    ground.map((polygon) => ({
      share,
      rings: polygon.map((ring) => ring.map(([lon = 0, lat = 0]) => [lon, lat, share * heightM])),
    })),
  );
}

/** Hatching of the regions that have no value, about equally dense in every view. */
export function hatchOf(scene: Scene, without: ReadonlySet<RegionCode>): [Position, Position][] {
  const lats = scene.extent.map(([, lat = 0]) => lat);
  const spacing = (Math.max(...lats) - Math.min(...lats)) / HATCHES_ACROSS;
  return scene.surfaces
    .filter(({ code }) => without.has(code))
    .flatMap(({ rings }) => hatchLines(rings, spacing))
    .map(([[ax = 0, ay = 0], [bx = 0, by = 0]]) => [
      [ax, ay, scene.heightM],
      [bx, by, scene.heightM],
    ]);
}

function extentOf(ring: readonly Position[]): number {
  const lons = ring.map(([lon = 0]) => lon);
  const lats = ring.map(([, lat = 0]) => lat);
  return (Math.max(...lons) - Math.min(...lons)) * (Math.max(...lats) - Math.min(...lats));
}
