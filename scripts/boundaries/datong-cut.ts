import type { Position } from 'geojson';
import { areaKm2 } from '@/metrics/geo/measure';

/**
 * Where the former 南郊区 (140211) of 大同 is divided among 平城区, 云冈区 and 新荣区. The decision of 2018 names whole
 * townships (古店镇 to 新荣区; 水泊寺, 新旺, 马军营 with the old 城区 to 平城区; the rest with the old 矿区 to 云冈区); their
 * lines are not in the source, so the cut is our own, straight and marked 示意. Two lines, one unknown each:
 * - north: a parallel whose latitude gives 古店镇 its published area;
 * - west and south: from the notch of 新荣区's border to the eastern tip of the former 矿区, the way 十里河 runs, and
 *   from there straight to 云州区 at the bearing that gives 平城区 its published area.
 * Two subdistricts of the old 城区 that went to 云冈区 (西花园, 老平旺; areas unpublished) stay with 平城区.
 */
export const PUBLISHED_KM2 = {
  /** 古店镇, the part that 新荣区 gained. */
  gudian: 83.4,
  /** 平城区. */
  pingcheng: 238.95,
} as const;

/** WGS84, read off the source's outlines: 新荣区's southern notch and the eastern tip of the former 矿区. */
const NOTCH = [113.203, 40.1488] as const;
const MINE_TIP = [113.2511, 40.0418] as const;
/** West of this meridian nothing went to 新荣区; the three others lie outside 南郊区 and only close the masks. */
const GUDIAN_WEST_LON = NOTCH[0];
const EAST_LON = 113.7;
const NORTH_LAT = 40.6;
const WEST_REACH_LAT = 40.3;

type Polygons = readonly (readonly (readonly Position[])[])[];

export interface DatongCut {
  /** Latitude of the line between 古店镇 and 平城区. */
  northLat: number;
  /** Degrees of latitude gained per degree of longitude on the line from the 矿区's tip to 云州区. */
  southSlope: number;
  /** Closed rings to clip 南郊区 with. */
  gudianMask: Position[];
  pingchengMask: Position[];
}

function lonOnWestLine(lat: number): number {
  return NOTCH[0] + ((lat - NOTCH[1]) * (MINE_TIP[0] - NOTCH[0])) / (MINE_TIP[1] - NOTCH[1]);
}

function gudianMask(northLat: number): Position[] {
  return [
    [GUDIAN_WEST_LON, northLat],
    [GUDIAN_WEST_LON, NORTH_LAT],
    [EAST_LON, NORTH_LAT],
    [EAST_LON, northLat],
    [GUDIAN_WEST_LON, northLat],
  ];
}

/** Everything east of the west line and north of the south line; the part above `northLat` is taken off beforehand. */
function pingchengMask(southSlope: number): Position[] {
  return [
    [lonOnWestLine(WEST_REACH_LAT), WEST_REACH_LAT],
    [EAST_LON, WEST_REACH_LAT],
    [EAST_LON, MINE_TIP[1] + southSlope * (EAST_LON - MINE_TIP[0])],
    [...MINE_TIP],
    [lonOnWestLine(WEST_REACH_LAT), WEST_REACH_LAT],
  ];
}

/** Sutherland–Hodgman against one edge: keeps the right side of a→b (masks run clockwise). */
function clipByEdge(ring: readonly Position[], a: Position, b: Position): Position[] {
  const [ax = 0, ay = 0] = a;
  const [bx = 0, by = 0] = b;
  const side = ([x = 0, y = 0]: Position) => (y - ay) * (bx - ax) - (x - ax) * (by - ay);
  const kept: Position[] = [];
  for (let i = 1; i < ring.length; i++) {
    const p = ring[i - 1] ?? [];
    const q = ring[i] ?? [];
    const [sideP, sideQ] = [side(p), side(q)];
    if (sideP <= 0) kept.push(p);
    if (sideP <= 0 !== sideQ <= 0) {
      const t = sideP / (sideP - sideQ);
      const [px = 0, py = 0] = p;
      const [qx = 0, qy = 0] = q;
      kept.push([px + t * (qx - px), py + t * (qy - py)]);
    }
  }
  const [first] = kept;
  return first ? [...kept, first] : [];
}

/** Area inside a convex clockwise mask. Clipped concave rings touch themselves along the mask, which costs no area. */
function areaInside(polygons: Polygons, mask: readonly Position[]): number {
  const clipped = polygons.map((rings) =>
    rings.map((ring) => {
      let own: readonly Position[] = ring;
      for (let i = 1; i < mask.length; i++) own = clipByEdge(own, mask[i - 1] ?? [], mask[i] ?? []);
      return own;
    }),
  );
  return areaKm2(clipped);
}

/** Root of a falling function by bisection; throws when the target is out of reach of the bracket. */
function solveFalling(falling: (x: number) => number, target: number, low: number, high: number): number {
  if (falling(low) < target || falling(high) > target) throw new Error(`no cut gives ${target} km²`);
  let [from, to] = [low, high];
  for (let step = 0; step < 50; step++) {
    const middle = (from + to) / 2;
    if (falling(middle) > target) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

/**
 * @param nanjiao polygons of the former 南郊区, WGS84
 * @param oldTownKm2 area of the former 城区, which 平城区 has whole
 */
export function fitDatongCut(nanjiao: Polygons, oldTownKm2: number): DatongCut {
  const northLat = solveFalling(
    (lat) => areaInside(nanjiao, gudianMask(lat)),
    PUBLISHED_KM2.gudian,
    40.1,
    40.25,
  );
  const gudianKm2 = areaInside(nanjiao, gudianMask(northLat));
  // 古店镇 lies wholly inside the mask of 平城区, so its area is simply taken off.
  const pingchengKm2 = (slope: number) => areaInside(nanjiao, pingchengMask(slope)) - gudianKm2 + oldTownKm2;
  const southSlope = solveFalling(pingchengKm2, PUBLISHED_KM2.pingcheng, -1.5, 0.2);
  return { northLat, southSlope, gudianMask: gudianMask(northLat), pingchengMask: pingchengMask(southSlope) };
}
