import type { Result } from './result';

interface Marked {
  flags: readonly string[];
}

/**
 * A comparison of a whole period with an incomplete one: empty with its reason (calculus.md §15: a flow that lacks
 * parts of its period is `partial`, and no 累计同比 is given by default). Two periods incomplete alike, as by the same
 * cities, are compared and stay marked; what somebody published stands, and so does what was made without the base.
 */
export function ofEqualCoverage<T extends Result>(
  made: T,
  current: Marked | undefined,
  base: Marked | undefined,
): T {
  if (made.basis === 'published' || made.value === null || !current || !base || !usesBase(made)) return made;
  const [now, then] = [current, base].map(({ flags }) => flags.includes('partial'));
  if (now === then) return made;
  return { ...made, value: null, text: `${now ? '本期' : '基期'}数据不完整,不可比`, flags: ['partial'] };
}

/** An index minus 100 lists no base: the one read beside it decides nothing. */
function usesBase({ operands }: Result): boolean {
  return operands.some(({ name }) => name === 'base' || name === 'previous');
}
