import { FLAG_ZH, type Flag } from './result';

/** `partial`: lacks parts. `nearly_whole`: lacks so few counties that a rate stands; beside `partial`, that it lacks no more. */
const COVERAGE_MARKS = ['partial', 'nearly_whole'] as const satisfies readonly Flag[];

type CoverageMark = (typeof COVERAGE_MARKS)[number];

export function isCoverageMark(flag: string): flag is CoverageMark {
  return COVERAGE_MARKS.some((mark) => mark === flag);
}

/**
 * What is made of figures lacks little only while none of them lacks more. Then a rate stands and is merely marked, even
 * where it is made of sums, which lack each county (calculus.md §13): of sums that lack alike, for cases of fewer counties
 * are too few for the inhabitants of all. Anything else is as incomplete as they are.
 */
export function coverageMarks(
  sources: readonly { flags: readonly string[] }[],
  isRate: boolean,
): CoverageMark[] {
  const partial = sources.filter(({ flags }) => flags.includes('partial'));
  if (partial.some(({ flags }) => !flags.includes('nearly_whole'))) return ['partial'];
  if (!sources.some(({ flags }) => flags.includes('nearly_whole'))) return [];
  if (partial.length === 0) return ['nearly_whole'];
  if (!isRate) return ['partial', 'nearly_whole'];
  return partial.length < sources.length ? ['partial'] : ['nearly_whole'];
}

/** One word for what a value lacks, beside it; null where it lacks nothing. */
export function coverageWord(flags: readonly string[]): string | null {
  if (flags.includes('partial')) return FLAG_ZH.partial;
  return flags.includes('nearly_whole') ? '个别县缺数' : null;
}
