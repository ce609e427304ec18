import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BoundaryTopology } from '@/metrics/geo/boundary-topology';
import { drawBoundaries } from './boundary-path';

const topology = JSON.parse(readFileSync('seed/boundaries/shanxi.topo.json', 'utf8')) as BoundaryTopology;

describe('preview of a boundary file', () => {
  const drawing = drawBoundaries(topology);

  it('draws every county and city inside its frame', () => {
    expect([drawing.county.length, drawing.city.length]).toEqual([117, 11]);
    const [, , width = 0, height = 0] = drawing.viewBox.split(' ').map(Number);
    const numbers = drawing.county.flatMap(({ d }) => [...d.matchAll(/([\d.]+) ([\d.]+)/g)]);
    for (const [, x, y] of numbers) {
      expect(Number(x)).toBeLessThanOrEqual(width);
      expect(Number(y)).toBeLessThanOrEqual(height);
    }
    // The province is about 682 km from south to north and 385 km from west to east.
    expect(height / width).toBeGreaterThan(1.5);
  });

  it('puts the north above', () => {
    const topOf = (code: number) => {
      const shape = drawing.city.find((own) => own.code === code);
      return Math.min(...[...(shape?.d ?? '').matchAll(/ ([\d.]+)/g)].map(([, y]) => Number(y)));
    };
    // 大同 lies north of 运城.
    expect(topOf(140200)).toBeLessThan(topOf(140800));
  });
});
