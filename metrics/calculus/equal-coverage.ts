import type { RegionCode } from '@/metrics/model/cell';
import type { Result } from './result';

interface Marked {
  flags: readonly string[];
  region?: RegionCode;
  /** Cities that have a value, of an incomplete one of the province. */
  parts?: readonly RegionCode[];
}

/**
 * A comparison of a whole period with an incomplete one: empty with its reason (calculus.md §15: a flow that lacks
 * parts of its period is `partial`, and no 累计同比 is given by default). So is one of two parts of the province that are
 * not known to be of the same cities. Two periods incomplete alike are compared and stay marked; what somebody published
 * stands, and so does what was made without the base.
 */
export function ofEqualCoverage<T extends Result>(
  made: T,
  current: Marked | undefined,
  base: Marked | undefined,
): T {
  if (made.basis === 'published' || made.value === null || !current || !base || !usesBase(made)) return made;
  const [now, then] = [current, base].map(({ flags }) => flags.includes('partial'));
  if (now !== then) return empty(made, `${now ? '本期' : '基期'}数据不完整,不可比`);
  return now && !haveSameParts(current, base) ? empty(made, '两期有数的市不同,不可比') : made;
}

/** What a city lacks is not known part by part: it is compared as it is. */
function haveSameParts(current: Marked, base: Marked): boolean {
  if (current.region === undefined || current.region % 10_000 !== 0) return true;
  if (current.parts === undefined || base.parts === undefined) return false;
  return [...current.parts].sort().join() === [...base.parts].sort().join();
}

function empty<T extends Result>(made: T, text: string): T {
  return { ...made, value: null, text, flags: ['partial'] };
}

/** An index minus 100 lists no base: the one read beside it decides nothing. */
function usesBase({ operands }: Result): boolean {
  return operands.some(({ name }) => name === 'base' || name === 'previous');
}
