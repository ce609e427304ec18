import type { Position } from 'geojson';

/** One shared vertex each for points of different outlines that lie closer than this (about 6 m): same corner, drawn twice. */
export const SNAP_DEGREES = 6e-5;

/** Remembers vertices in cells of the tolerance's size, so that a near one is in the same or a neighbouring cell. */
class VertexIndex {
  private readonly cells = new Map<string, Position[]>();

  constructor(private readonly toleranceDegrees: number) {}

  /** The vertex already known within the tolerance, else this one, which is then known. */
  snap(point: Position): Position {
    const [x = 0, y = 0] = point;
    const column = Math.floor(x / this.toleranceDegrees);
    const row = Math.floor(y / this.toleranceDegrees);
    let best: Position | undefined;
    let bestDistance = this.toleranceDegrees;
    for (let i = column - 1; i <= column + 1; i++) {
      for (let j = row - 1; j <= row + 1; j++) {
        for (const known of this.cells.get(`${i},${j}`) ?? []) {
          const distance = Math.hypot((known[0] ?? 0) - x, (known[1] ?? 0) - y);
          if (distance <= bestDistance) [best, bestDistance] = [known, distance];
        }
      }
    }
    if (best) return best;
    const key = `${column},${row}`;
    this.cells.set(key, [...(this.cells.get(key) ?? []), point]);
    return point;
  }
}

function isSame(a: Position | undefined, b: Position | undefined): boolean {
  return a?.[0] === b?.[0] && a?.[1] === b?.[1];
}

/** Drops repeated vertices and there-and-back spikes that snapping leaves; the ring stays closed. */
function tidy(ring: readonly Position[]): Position[] {
  const open: Position[] = [];
  for (const point of ring.slice(0, -1)) {
    if (isSame(open.at(-1), point)) continue;
    if (isSame(open.at(-2), point)) open.pop();
    else open.push(point);
  }
  while (open.length > 1 && isSame(open[0], open.at(-1))) open.pop();
  const [first] = open;
  return first ? [...open, first] : [];
}

/**
 * Publishers export each city on its own, so two outlines of one border differ by a few metres and share no vertex.
 * Snapping makes them share it again. Rings that collapse (smaller than the tolerance) are dropped.
 */
export function snapOutlines(
  outlines: readonly Position[][][][],
  toleranceDegrees = SNAP_DEGREES,
): Position[][][][] {
  const index = new VertexIndex(toleranceDegrees);
  return outlines.map((polygons) =>
    polygons
      .map((rings) => rings.map((ring) => tidy(ring.map((point) => index.snap(point)))))
      .filter(([outer]) => (outer?.length ?? 0) >= 4)
      .map((rings) => rings.filter((ring) => ring.length >= 4)),
  );
}
