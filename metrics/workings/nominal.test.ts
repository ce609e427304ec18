import { describe, expect, it } from 'vitest';
import { cellFacts, type KnownPart } from '@/metrics/testing/cell-facts';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import { workings } from './list';

const NOW = Date.parse('2025-03-01T00:00:00+08:00');
const year = (y: number) => periodOf('A', { year: y });

/** 名义变动 of 2024. */
function nominalOf(definition: Parameters<typeof cellFacts>[0], parts: readonly KnownPart[]) {
  const made = workings(cellFacts(definition, { freq: 'A', periodMs: year(2024) }, parts, NOW));
  const found = made.find((working) => working.key === 'nominal');
  return found && { text: found.text, basis: found.basis, flags: found.flags.map(({ words }) => words) };
}

describe('名义变动', () => {
  // Value added of services in Shanxi, moved by the fifth economic census: 13 080.74 in 2024, 10 979.64 in 2023 before it.
  const services = sample.reported({ yoy: 'published', freq: 'A', period_rule: 'Y' });
  const parts = (baseMs: number): KnownPart[] => [
    { value: '13080.74', flags: ['series_break'], vintageMs: NOW - 5000 },
    { value: '10979.64', periodMs: year(2023), vintageMs: baseMs },
  ];

  it('compares nothing across a break of the series (calculus.md §16)', () => {
    expect(nominalOf(services, parts(NOW - 9000))).toEqual({
      text: '—',
      basis: null,
      flags: ['与此前口径不可直接比'],
    });
    // 13 080.74 / 10 979.64 − 1, once the base was revised with it.
    expect(nominalOf(services, parts(NOW - 5000))).toMatchObject({ text: '+19.1%' });
  });
});
