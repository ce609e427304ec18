import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { basisTitle } from '@/metrics/format/definition-words';

describe('bases of the shipped figures', () => {
  it('all have a Chinese title: no code stands on a screen', () => {
    const [header = '', ...rows] = fs.readFileSync('seed/official/figures.csv', 'utf8').trim().split('\n');
    const column = header.split(',').indexOf('basis');
    expect(column).toBeGreaterThan(0);
    // The columns before it hold no quoted text.
    const bases = new Set(rows.map((row) => row.split(',')[column] ?? ''));
    expect(bases).toContain('sand_adjusted');
    expect([...bases].filter((basis) => !/\p{Script=Han}/u.test(basisTitle(basis)))).toEqual([]);
  });
});
