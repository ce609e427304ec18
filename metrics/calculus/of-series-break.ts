import type { Freq } from '@/metrics/model/cell';
import { addPeriods, periodRange } from '@/metrics/time/period';
import { asPublished } from './published-growth';
import type { Result } from './result';

interface Marked {
  flags: readonly string[];
  vintageMs: number;
}

/**
 * A comparison with what was counted otherwise: empty with its reason. The publisher's mark `series_break` (SDMX
 * observation status B) says that a figure does not follow on from the earlier ones as they stand (calculus.md §16: the
 * base was not revised for the census). It stands on the first such figure, so it parts every later period from every
 * earlier one: `crossed` are the figures between the two. A base that was published no earlier than the mark has been
 * revised since; what somebody published stands, and so does an index less 100, which was compared by its publisher.
 */
export function ofSeriesBreak<T extends Result>(
  made: T,
  current: Marked | undefined,
  base: Marked | undefined,
  crossed: readonly (Marked | undefined)[] = [],
): T {
  if (made.basis === 'published' || made.value === null || !current || !base || isOfIndexAlone(made))
    return made;
  const broken = [current, ...crossed].some(
    (one) => one?.flags.includes('series_break') && base.vintageMs < one.vintageMs,
  );
  return broken ? (asPublished(made) ?? { ...made, ...BROKEN, flags: ['series_break'] }) : made;
}

const BROKEN = { value: null, text: '本期与此前口径不可直接比' };

function isOfIndexAlone({ operands }: Result): boolean {
  return operands.every(({ name }) => name === 'index');
}

/** Periods between two that are compared, both left out; marks are on what is published: years, quarters and months. */
export function periodsCrossed(freq: Freq, baseMs: number, currentMs: number): number[] {
  if (freq !== 'A' && freq !== 'Q' && freq !== 'M') return [];
  return periodRange(freq, addPeriods(freq, baseMs, 1), currentMs);
}
