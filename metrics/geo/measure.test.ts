import { describe, expect, it } from 'vitest';
import { areaKm2, signedRingAreaKm2 } from './measure';

const box = (west: number, south: number, east: number, north: number) => [
  [west, south],
  [west, north],
  [east, north],
  [east, south],
  [west, south],
];

describe('area on the WGS84 ellipsoid', () => {
  it('agrees within 0.005 % with the geodesic 12,308.78 km² of one degree square at the equator (ours follows the parallel)', () => {
    expect(Math.abs(signedRingAreaKm2(box(0, 0, 1, 1)) / 12_308.78 - 1)).toBeLessThan(5e-5);
  });

  it('gives the published surface of the Earth, 510,065,622 km², for the whole globe', () => {
    expect(signedRingAreaKm2(box(-180, -90, 180, 90)) / 510_065_622).toBeCloseTo(1, 7);
  });

  it('takes holes off, whatever way the rings run', () => {
    const outer = box(112, 37, 113, 38);
    const hole = box(112.25, 37, 112.75, 38);
    expect(areaKm2([[outer, hole]]) / areaKm2([[outer]])).toBeCloseTo(0.5, 9);
    expect(areaKm2([[[...outer].reverse(), hole]])).toBeCloseTo(areaKm2([[outer, hole]]), 9);
  });
});
