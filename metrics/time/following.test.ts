import { expect, it } from 'vitest';
import { followingPeriod } from './following';
import { instantOf } from './zone';

const DECEMBER = instantOf(2025, 12);

it.each([
  ['M', 'M', DECEMBER, instantOf(2026, 1)],
  ['MC', 'M', DECEMBER, instantOf(2026, 2)],
  ['M_noJanFeb', 'M', DECEMBER, instantOf(2026, 3)],
  ['MC', 'M', instantOf(2026, 2), instantOf(2026, 3)],
  // The rule speaks of months only.
  ['MC', 'A', instantOf(2025), instantOf(2026)],
  ['QC', 'Q', instantOf(2025, 10), instantOf(2026, 1)],
] as const)('a merged month is not expected by itself: %s %s', (rule, freq, periodMs, expected) => {
  expect(followingPeriod(rule, freq, periodMs)).toBe(expected);
});
