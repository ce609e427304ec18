import type { RegionCode } from '@/metrics/model/cell';
import type { Flag, Result } from './result';

interface Marked {
  flags: readonly string[];
  region?: RegionCode;
  /** Cities that have a value, of an incomplete one of the province. */
  parts?: readonly RegionCode[];
}

/**
 * A comparison of a whole period with an incomplete one: empty with its reason (calculus.md §15: a flow that lacks
 * parts of its period is `partial`, and no 累计同比 is given by default). So is one of two incomplete periods: nobody knows
 * that they lack the same. Alone two values of the province out of the same of its cities are compared, and stay marked.
 * What somebody published stands, and so does what was made without the base. Nor is an incomplete base known to be 0.
 */
export function ofEqualCoverage<T extends Result>(
  made: T,
  current: Marked | undefined,
  base: Marked | undefined,
): T {
  if (made.basis === 'published' || !current || !base || !usesBase(made) || isLacking(made)) return made;
  const [now, then] = [current, base].map(({ flags }) => flags.includes('partial'));
  if (now !== then) return empty(made, `${now ? '本期' : '基期'}数据不完整,不可比`);
  if (!now) return made;
  const [own, former] = [current, base].map(partsOf);
  if (!own || !former) return empty(made, '两期数据都不完整,不可比');
  return own === former ? made : empty(made, '两期有数的市不同,不可比');
}

/** The cities that an incomplete value of the province is of; undefined where none of them lacks, or nobody knows which. */
function partsOf({ region, parts }: Marked): string | undefined {
  if (region === undefined || parts === undefined || region % 10_000 !== 0) return undefined;
  return [...parts].sort().join();
}

/** Without one of its operands a comparison says so by itself. */
function isLacking({ value, flags }: Result): boolean {
  return value === null && flags.some((flag) => LACKING.includes(flag));
}

const LACKING: readonly Flag[] = [
  'missing',
  'base_missing',
  'operand_missing',
  'published_missing',
  'running',
];

function empty<T extends Result>(made: T, text: string): T {
  return { ...made, value: null, text, flags: ['partial'] };
}

/** An index minus 100 lists no base: the one read beside it decides nothing. */
export function usesBase({ operands }: Result): boolean {
  return operands.some(({ name }) => name === 'base' || name === 'previous');
}
