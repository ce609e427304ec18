import type { Result } from './result';

interface Marked {
  flags: readonly string[];
  vintageMs: number;
}

/**
 * A comparison with what was counted otherwise: empty with its reason. The publisher's mark `series_break` (SDMX
 * observation status B) says that a figure does not follow on from the earlier ones as they stand (calculus.md §16: the
 * base was not revised for the census). A base that was published no earlier has been revised since; what somebody
 * published stands.
 */
export function ofSeriesBreak<T extends Result>(
  made: T,
  current: Marked | undefined,
  base: Marked | undefined,
): T {
  if (made.basis === 'published' || made.value === null || !current || !base) return made;
  if (!current.flags.includes('series_break') || base.vintageMs >= current.vintageMs) return made;
  return { ...made, value: null, text: '本期与此前口径不可直接比', flags: ['series_break'] };
}
