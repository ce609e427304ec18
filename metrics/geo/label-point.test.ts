import { describe, expect, it } from 'vitest';
import { labelPoint } from './label-point';

describe('label point', () => {
  it('is the middle of a square', () => {
    const [lon, lat] = labelPoint([
      [
        [
          [112, 37],
          [113, 37],
          [113, 38],
          [112, 38],
          [112, 37],
        ],
      ],
    ]);
    // A strip of places is as far from north and south when a degree of longitude is shorter: any of them will do.
    expect(lat).toBeGreaterThan(37.35);
    expect(lat).toBeLessThan(37.65);
    expect(lon).toBeCloseTo(112.5, 1);
  });

  it('lies in the wide arm of a hook, where the centroid would be outside', () => {
    const hook = [
      [112, 37],
      [114, 37],
      [114, 38],
      [113.9, 38],
      [113.9, 37.1],
      [112.4, 37.1],
      [112.4, 38],
      [112, 38],
      [112, 37],
    ];
    const [lon] = labelPoint([[hook]]);
    expect(lon).toBeGreaterThan(112.1);
    expect(lon).toBeLessThan(112.3);
  });

  it('keeps out of a hole and chooses the larger of two parts', () => {
    const ring = (west: number, size: number) => [
      [west, 37],
      [west + size, 37],
      [west + size, 37 + size],
      [west, 37 + size],
      [west, 37],
    ];
    expect(labelPoint([[ring(112, 0.1)], [ring(113, 1)]])[0]).toBeGreaterThan(113);
    const hole = [
      [112.3, 37.3],
      [112.9, 37.3],
      [112.9, 37.9],
      [112.3, 37.9],
      [112.3, 37.3],
    ];
    const [lon, lat] = labelPoint([[ring(112, 1), hole]]);
    expect(lon < 112.3 || lat < 37.3).toBe(true);
  });
});
