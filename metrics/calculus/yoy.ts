import type { ChangeUnit } from '@/metrics/format/change';
import { type NumberLike, toDecimal } from '@/metrics/format/decimal';
import type { ObsStatus } from '@/metrics/model/cell';
import type { YoyRule } from '@/metrics/model/definition-vocabulary';
import { difference, growthRatio } from './growth-ratio';
import { indexMinus100 } from './index-number';
import { noResult, type Result, resultOf } from './result';

/** A change with the unit it is said in. */
export interface Change extends Result {
  unit: ChangeUnit;
}

export interface YoyInput {
  rule: YoyRule;
  current: NumberLike;
  /** Same period of last year: same basis, slice, region, length of accumulation, vintages of the same as-of. */
  base: NumberLike;
  /** Growth or difference as published. */
  published?: NumberLike;
  currentStatus?: ObsStatus;
  baseStatus?: ObsStatus;
  /** Base values of three years, for the small-base flag. */
  recent?: readonly NumberLike[];
  /**
   * For rules that compute from levels: take the published growth where there is one. By rule, levels win and
   * the published growth only stands in for missing levels (calculus.md §0, §16).
   */
  preferPublished?: boolean;
  isProfit?: boolean;
}

/** Published rates are rounded to one place: a computed one may be off by this much (calculus.md §1). */
const PUBLISHED_TOLERANCE = '0.1';

const UNITS: Readonly<Record<YoyRule, ChangeUnit>> = {
  value_ratio: 'percent',
  value_ratio_comparable: 'percent',
  published: 'percent',
  published_comparable: 'percent',
  pp_diff: 'pp',
  abs_diff: 'unit',
  index_minus_100: 'percent',
  none: 'unit',
};

/**
 * 同比 by the metric's rule. `published` rules know only the published growth (T16: GDP 2024 is +2.3 %, whatever
 * the levels say); `value_ratio_comparable` prefers it and marks a computed one 名义、未调整 (T17). `basis` says
 * which was used; a computed value that contradicts the published one is flagged `published_differs`.
 */
export function yoy(input: YoyInput): Change {
  return Object.assign(byRule(input), { unit: UNITS[input.rule] });
}

function byRule(input: YoyInput): Result {
  const { rule, current, base } = input;
  switch (rule) {
    case 'none':
      return noResult('not_applicable', { current, base });
    case 'published':
    case 'published_comparable':
      return fromPublished(input) ?? noResult('published_missing', { current, base, published: null });
    case 'value_ratio_comparable': {
      const computed = growthRatio(input);
      const text = computed.text ?? '名义、未调整';
      return (
        fromPublished(input) ?? {
          ...computed,
          text,
          flags: [...computed.flags, ...(computed.value === null ? [] : (['nominal_unadjusted'] as const))],
        }
      );
    }
    default:
      return fromLevels(input);
  }
}

function fromLevels(input: YoyInput): Result {
  const computed = levelChange(input);
  const published = fromPublished(input);
  if (published === null) return withVintageNote(computed, input);
  const levelsMissing = computed.flags.some((flag) => flag === 'missing' || flag === 'base_missing');
  if (input.preferPublished || levelsMissing) return published;
  return withVintageNote(withPublishedCheck(computed, input.published), input);
}

function levelChange(input: YoyInput): Result {
  if (input.rule === 'index_minus_100') return indexMinus100(input.current);
  if (input.rule === 'value_ratio') return growthRatio(input);
  return difference(input.current, input.base);
}

function fromPublished({ current, base, published }: YoyInput): Result | null {
  const growth = toDecimal(published);
  return growth === null ? null : resultOf(growth, { current, base, published }, { basis: 'published' });
}

/** Whether a computed growth contradicts the published one by more than rounding explains. */
export function differsFrom(computed: NumberLike, published: NumberLike): boolean {
  const said = toDecimal(published);
  return said !== null && (toDecimal(computed)?.minus(said).abs().gt(PUBLISHED_TOLERANCE) ?? false);
}

function withPublishedCheck(computed: Result, published: NumberLike): Result {
  const said = toDecimal(published);
  return {
    ...computed,
    flags: differsFrom(computed.value, published) ? [...computed.flags, 'published_differs'] : computed.flags,
    operands: [...computed.operands, { name: 'published', value: said?.toFixed() ?? null }],
  };
}

/** A preliminary figure against a final base is computed as it is, and says so (calculus.md §16). */
function withVintageNote(result: Result, { currentStatus, baseStatus }: YoyInput): Result {
  if (result.value === null || !isOnFinalBase(currentStatus, baseStatus)) return result;
  return { ...result, flags: [...result.flags, 'base_final'] };
}

/** A preliminary figure against a final base; two final ones are compared without a word. */
export function isOnFinalBase(current: ObsStatus | undefined, base: ObsStatus | undefined): boolean {
  const preliminary = current === 'flash' || current === 'prelim';
  return preliminary && (base === 'final' || base === 'census');
}
