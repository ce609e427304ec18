import { expect, it } from 'vitest';
import { followingPeriod } from './following';
import { instantOf } from './zone';

const DECEMBER = instantOf(2025, 12);

it.each([
  ['M', 'M', 'period', DECEMBER, instantOf(2026, 1)],
  ['MC', 'M', 'ytd', DECEMBER, instantOf(2026, 2)],
  // 1–2月 is a 累计: the next single month is March.
  ['MC', 'M', 'period', DECEMBER, instantOf(2026, 3)],
  ['M_noJanFeb', 'M', 'period', DECEMBER, instantOf(2026, 3)],
  ['MC', 'M', 'ytd', instantOf(2026, 2), instantOf(2026, 3)],
  ['MC12', 'M', 'period', DECEMBER, instantOf(2026, 1)],
  // The rule speaks of months only.
  ['MC', 'A', 'period', instantOf(2025), instantOf(2026)],
  ['QC', 'Q', 'ytd', instantOf(2025, 10), instantOf(2026, 1)],
] as const)('a merged month is not expected by itself: %s %s %s', (rule, freq, basis, periodMs, expected) => {
  expect(followingPeriod(rule, freq, periodMs, basis)).toBe(expected);
});
