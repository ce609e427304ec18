import type { Position } from 'geojson';

type Rings = readonly (readonly Position[])[];

/** Cells per side and rounds of the search: each round looks 4× closer, so the last one is below 0.1 % of the extent. */
const GRID = 16;
const ROUNDS = 4;

interface Candidate {
  x: number;
  y: number;
  /** Distance to the nearest border, negative outside. */
  depth: number;
}

/** Signed distance from a point to the rings in degrees of latitude, longitude shrunk by `scale`; negative outside. */
function depthAt(x: number, y: number, polygons: readonly Rings[], scale: number): number {
  let inside = false;
  let nearest = Number.POSITIVE_INFINITY;
  for (const rings of polygons) {
    for (const ring of rings) {
      for (let i = 1; i < ring.length; i++) {
        const [ax = 0, ay = 0] = ring[i - 1] ?? [];
        const [bx = 0, by = 0] = ring[i] ?? [];
        if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
        nearest = Math.min(nearest, squaredDistance((x - ax) * scale, y - ay, (bx - ax) * scale, by - ay));
      }
    }
  }
  return (inside ? 1 : -1) * Math.sqrt(nearest);
}

function squaredDistance(px: number, py: number, dx: number, dy: number): number {
  const lengthSquared = dx * dx + dy * dy;
  const t = lengthSquared === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / lengthSquared));
  return (px - t * dx) ** 2 + (py - t * dy) ** 2;
}

/**
 * The point farthest from every border (pole of inaccessibility), where a name has most room; a centroid may lie
 * outside a bent county. Degrees, rounded to 4 decimals (10 m).
 */
export function labelPoint(polygons: readonly Rings[]): [number, number] {
  const points = polygons.flatMap((rings) => rings[0] ?? []);
  const lons = points.map(([lon = 0]) => lon);
  const lats = points.map(([, lat = 0]) => lat);
  const [west, east, south, north] = [
    Math.min(...lons),
    Math.max(...lons),
    Math.min(...lats),
    Math.max(...lats),
  ];
  const scale = Math.cos((((south + north) / 2) * Math.PI) / 180);
  let best: Candidate = { x: (west + east) / 2, y: (south + north) / 2, depth: Number.NEGATIVE_INFINITY };
  let [width, height] = [east - west, north - south];
  for (let round = 0; round < ROUNDS; round++) {
    const { x: midX, y: midY } = best;
    for (let column = 0; column <= GRID; column++) {
      for (let row = 0; row <= GRID; row++) {
        const x = midX + (column / GRID - 0.5) * width;
        const y = midY + (row / GRID - 0.5) * height;
        const depth = depthAt(x, y, polygons, scale);
        if (depth > best.depth) best = { x, y, depth };
      }
    }
    width /= 4;
    height /= 4;
  }
  return [Number(best.x.toFixed(4)), Number(best.y.toFixed(4))];
}
