import type { Position } from 'geojson';

type Segment = [Position, Position];

/**
 * Diagonal lines inside a polygon (even-odd over all rings), `spacing` degrees apart: 无数据 is told by shape, not by
 * colour alone.
 */
export function hatchLines(rings: readonly (readonly Position[])[], spacing: number): Segment[] {
  // Along a line of x + y = c only x varies: rotate by working in (c, x).
  const edges = rings.flatMap((ring) =>
    ring.slice(1).map((to, index) => {
      const [ax = 0, ay = 0] = ring[index] ?? [];
      const [bx = 0, by = 0] = to;
      return { a: { c: ax + ay, x: ax }, b: { c: bx + by, x: bx } };
    }),
  );
  if (edges.length === 0) return [];
  const low = edges.reduce((least, { a, b }) => Math.min(least, a.c, b.c), Number.POSITIVE_INFINITY);
  const high = edges.reduce((most, { a, b }) => Math.max(most, a.c, b.c), Number.NEGATIVE_INFINITY);
  const segments: Segment[] = [];
  for (let c = (Math.floor(low / spacing) + 1) * spacing; c < high; c += spacing) {
    const crossings = edges
      .filter(({ a, b }) => a.c <= c !== b.c <= c)
      .map(({ a, b }) => a.x + ((c - a.c) / (b.c - a.c)) * (b.x - a.x))
      .sort((p, q) => p - q);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const [from = 0, to = 0] = [crossings[i], crossings[i + 1]];
      segments.push([
        [from, c - from],
        [to, c - to],
      ]);
    }
  }
  return segments;
}
