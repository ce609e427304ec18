import type { Position } from 'geojson';
import { feature, mergeArcs, neighbors } from 'topojson-client';
import { describe, expect, it } from 'vitest';
import { buildCountyTopology } from './build-topology';

/** Two rectangles left and right of a winding border of 200 points; the right one's copy of it is shifted. */
function pair(shiftDegrees: number) {
  const border = Array.from(
    { length: 200 },
    (_, i): Position => [112.5 + 0.02 * Math.sin(i / 5), 37 + i / 200],
  );
  const shifted = border.map(([lon = 0, lat = 0]): Position => [lon + shiftDegrees, lat]);
  const left: Position[] = [[112, 37], ...border, [112, 37.995], [112, 37]];
  const right: Position[] = [[113, 37], ...shifted, [113, 37.995], [113, 37]];
  return [
    { code: 140105, polygons: [[left]] },
    { code: 140106, polygons: [[right]] },
  ];
}

const ringsOf = (topology: ReturnType<typeof buildCountyTopology>) =>
  mergeArcs(topology, topology.objects.county.geometries).arcs.map((rings) => rings.length);

describe('buildCountyTopology', () => {
  it('joins borders that two publishers drew a few metres apart: one piece, no holes, real neighbours', () => {
    const topology = buildCountyTopology(pair(3e-5));
    expect(neighbors(topology.objects.county.geometries)).toEqual([[1], [0]]);
    expect(ringsOf(topology)).toEqual([1]);
  });

  it('leaves outlines a kilometre apart alone', () => {
    const topology = buildCountyTopology(pair(0.01));
    expect(neighbors(topology.objects.county.geometries)).toEqual([[], []]);
  });

  it('simplifies shared arcs once, so neighbours stay without gap and every ring stays whole', () => {
    const full = buildCountyTopology(pair(0));
    const topology = buildCountyTopology(pair(0), 40);
    const count = (own: typeof topology) => own.arcs.reduce((sum, arc) => sum + arc.length, 0);
    expect(count(topology)).toBeLessThan(count(full) / 3);
    expect(neighbors(topology.objects.county.geometries)).toEqual([[1], [0]]);
    expect(ringsOf(topology)).toEqual([1]);
    for (const { geometry } of feature(topology, topology.objects.county).features) {
      expect(geometry.type).toBe('MultiPolygon');
      if (geometry.type !== 'MultiPolygon') continue;
      for (const ring of geometry.coordinates.flat()) expect(ring.length).toBeGreaterThanOrEqual(4);
    }
  });
});
