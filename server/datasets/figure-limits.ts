import { toDecimal } from '@/metrics/format/decimal';
import type { Measure } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { CUMULATIVE_RULES } from '@/metrics/model/definition-vocabulary';
import { figureRange, isShare } from '@/metrics/model/figure-range';
import type { ParsedPeriod } from '@/metrics/time/parse-period';
import { nextPeriod, periodParts } from '@/metrics/time/period';
import { DAY_MS } from '@/metrics/time/zone';
import type { CellOf, RowProblem } from './entry';

/** Percentage points between a published share and its parts: what rounding to whole percents can make. */
const SHARE_TOLERANCE = 1;

/** A number that the metric cannot have: 优良率 174.5 %, a negative count, an index of zero. */
export function valueProblem(definition: MetricDefinition, cell: CellOf): RowProblem | null {
  const value = toDecimal(cell('value'));
  if (value === null) return null;
  const measure = (cell('measure') ?? 'level') as Measure;
  const { min, max, includesMin } = figureRange(definition, measure);
  const isLow = min !== null && (includesMin ? value.lt(min) : value.lte(min));
  if (!isLow && !(max !== null && value.gt(max))) return null;
  const unit = measure === 'yoy' || measure === 'mom' ? (cell('unit') ?? '') : definition.unit;
  const limits = [
    min === null ? '' : `${includesMin ? '不小于' : '大于'} ${min}`,
    max === null ? '' : `不大于 ${max}`,
  ];
  return {
    column: 'value',
    code: 'out_of_range',
    reason: `数值 ${cell('value')} 不可能:“${definition.name}”应${limits.filter(Boolean).join('、')}(${unit})`,
  };
}

/** Numerator and denominator that no ratio is made of, or another one than the figure beside them. */
export function partsProblem(definition: MetricDefinition, cell: CellOf): RowProblem | null {
  const numerator = toDecimal(cell('numerator'));
  const denominator = toDecimal(cell('denominator'));
  if (numerator === null || denominator === null || cell('measure') !== 'level') return null;
  if (denominator.lte(0))
    return { column: 'denominator', code: 'out_of_range', reason: `分母 ${cell('denominator')} 应大于 0` };
  if (!isShare(definition)) return null;
  if (numerator.lt(0))
    return { column: 'numerator', code: 'out_of_range', reason: `分子 ${cell('numerator')} 不应小于 0` };
  if (numerator.gt(denominator))
    return {
      column: 'numerator',
      code: 'part_above_whole',
      reason: `分子 ${cell('numerator')} 大于分母 ${cell('denominator')}`,
    };
  const value = toDecimal(cell('value'));
  const share = numerator.div(denominator).times(100);
  if (value === null || value.minus(share).abs().lte(SHARE_TOLERANCE)) return null;
  return {
    column: 'value',
    code: 'ratio_mismatch',
    reason: `数值 ${cell('value')}% 与分子÷分母(${share.toFixed(2)}%)不符`,
  };
}

/**
 * Figures of a stretch of time that nobody publishes (calculus.md §2): a single month or quarter of a growth that is
 * only known as 累计, January and February one by one where they are published together.
 */
export function stretchProblem(
  definition: MetricDefinition,
  basis: string,
  { freq, startMs }: ParsedPeriod,
  cell: CellOf,
): RowProblem | null {
  if (cell('measure') === 'target' || cell('status') === 'missing' || freq === 'A') return null;
  const { period_rule: rule, accumulation, kind, name } = definition;
  const onlyCumulative = kind === 'reported' && accumulation === 'rate' && CUMULATIVE_RULES.includes(rule);
  if (onlyCumulative && basis !== 'ytd')
    return {
      column: 'basis',
      code: 'basis_impossible',
      reason: `“${name}”只有累计数,口径应为 ytd,不是 ${basis}`,
    };
  const { month } = periodParts(startMs);
  const isMerged = freq === 'M' && (rule === 'MC' || rule === 'M_noJanFeb');
  if (isMerged && month <= 2 && !(basis === 'ytd' && month === 2))
    return {
      column: 'period',
      code: 'basis_impossible',
      reason: `“${name}”1、2 月不单独发布,应写 1-2 月累计(口径 ytd,报告期 2 月)`,
    };
  return null;
}

/**
 * Only a target, a forecast or an estimate speaks of a period that is not over. Of a year only what is published within
 * it as well: a harvest is counted and announced in December, an enrolment in autumn.
 */
export function unfinishedProblem(
  { freq: finest }: MetricDefinition,
  { freq, startMs }: ParsedPeriod,
  cell: CellOf,
): RowProblem | null {
  if (cell('measure') === 'target' || (freq === 'A' && finest === 'A')) return null;
  if (['forecast', 'estimate', 'missing'].includes(cell('status') ?? '')) return null;
  const publishedMs = Date.parse(`${cell('published_at') ?? ''}T00:00:00+08:00`);
  if (!(nextPeriod(freq, startMs) > publishedMs + DAY_MS)) return null;
  return {
    column: 'period',
    code: 'period_unfinished',
    reason: `报告期“${cell('period')}”在公布日 ${cell('published_at')} 时尚未结束`,
  };
}
