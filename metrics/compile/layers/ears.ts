import { findColumn } from '@/metrics/model/dataset';
import type { AggregatedDefinition } from '@/metrics/model/definition';
import { addPeriods } from '@/metrics/time/period';
import { compileCondition, type ExpressionScope, NotCompilable } from '../expression';
import { type AggregateState, aggregateState } from '../rows/aggregate';
import { type Fragment, ident, sql, text } from '../sql/fragment';
import { instant, ZONE } from '../sql/time';
import type { CompileInput, StatementDraft, Window } from '../types';
import { wants } from '../wants';
import { widen } from '../windows';
import { assertFunctionRollup, type LayerMetric } from './resolve';
import type { EarsRule } from './types';

/** Days before a day that its C3 reads: three C2, the oldest of which has its baseline nine to three days before. */
const BASELINE_DAYS = 11;

export interface EarsMetric extends LayerMetric {
  unit: string;
  mergeDays: number;
  /** How a day's cases are counted. */
  cases: AggregateState;
  condition: Fragment;
  time: string;
}

/** @throws NotCompilable when the cases cannot be counted by day from these rows. */
export function resolveEars(input: CompileInput, metric: LayerMetric, scope: ExpressionScope): EarsMetric {
  const { contract } = input;
  assertFunctionRollup(metric.definition);
  const { freq } = metric.definition;
  if (freq === 'A' || freq === 'Q')
    throw new NotCompilable(`频率 ${freq}:信号按日判定,频率应为 D 或 M`, 'unsupported_frequency');
  const { cases: code, unit, merge_days: days } = metric.definition.fn?.args ?? {};
  const cases = casesOf(input, String(code));
  if (!findColumn(contract, String(unit))) throw new NotCompilable(`没有列“${String(unit)}”`);
  const condition = compileCondition(cases.where, scope);
  const time = cases.time ?? contract.businessTime;
  if (!cases.measure) throw new NotCompilable(`${String(code)} 不是行的计数`);
  return {
    ...metric,
    unit: String(unit),
    mergeDays: Number(days),
    cases: aggregateState(cases.measure, { contract, scope, where: condition, time }),
    condition,
    time,
  };
}

function casesOf({ contract, operands, definitions }: CompileInput, code: string): AggregatedDefinition {
  const known = [...definitions.map(({ definition }) => definition), ...(operands ?? [])];
  const found = known.find((one) => one.code === code);
  if (found?.kind === 'aggregated' && found.dataset === contract.name && found.rows === 'in_period')
    return found;
  throw new NotCompilable(`病例指标 ${code} 不从数据集 ${contract.name} 的行按日计数`);
}

/** Months in which signals may change: a day is read by the baselines and the merging of those after it. */
export function earsMonths({ mergeDays }: EarsMetric, window: Window, nowMs: number): Window {
  const days = widen('D', window);
  const reachMs = addPeriods('D', days.toMs, BASELINE_DAYS + mergeDays);
  return widen('M', { fromMs: days.fromMs, toMs: Math.max(days.fromMs + 1, Math.min(reachMs, nowMs)) });
}

/**
 * Cases by county, unit and day, and the days on which anything arrived in the province: there a county that reports has
 * an observed zero, all other days are missing reports (calculus.md §23).
 */
export function earsStatement(input: CompileInput, metric: EarsMetric, window: Window): StatementDraft {
  const { contract, nowMs } = input;
  const { definition, unit, mergeDays, cases, time, version } = metric;
  const months = earsMonths(metric, window, nowMs);
  // Of the days before the first report only stragglers are known: they have not arrived, and are nobody's baseline.
  const beginsMs = time === contract.businessTime ? 0 : (input.settledFromMs ?? 0);
  const fromMs = Math.max(addPeriods('D', months.fromMs, -BASELINE_DAYS - mergeDays), beginsMs);
  const day = sql`toDate(${ident(time)})`;
  const edge = (ms: number) => sql`toDate(${instant(ms)})`;
  const aliases = cases.states.map((_, i) => ident(`s${i}`));
  const select = sql`
SELECT region, toString(unit) AS unit, toInt64(toUnixTimestamp(toDateTime(day, ${text(ZONE)}))) AS day_s,
  toString(${cases.finish(...aliases)}) AS cases, toUInt8(max(row_demo)) AS demo, sum(row_count) AS row_count
FROM (
  SELECT toUInt32(${ident(contract.regionColumn)}) AS region, ifNull(toString(${ident(unit)}), '') AS unit, assumeNotNull(${day}) AS day,
    max(is_demo) AS row_demo, count() AS row_count, ${cases.states.map((state, i) => sql`${state} AS ${aliases[i] ?? sql`s`}`)}
  FROM (SELECT *, ${ident(time)} AS placed_at FROM ${ident(contract.name)} FINAL)
  WHERE ${day} >= ${edge(fromMs)} AND ${day} < ${edge(months.toMs)} AND ${day} <= ${edge(nowMs)}
  GROUP BY region, unit, day
)
GROUP BY region, unit, day
ORDER BY region, unit, day`;
  const daily = definition.freq !== 'M' && wants(input, 'D');
  const layer: EarsRule = {
    kind: 'ears',
    source: contract.name,
    nowMs,
    scope: input.scope,
    cities: input.cities,
    window: months,
    code: definition.code,
    version,
    mergeDays,
    daily,
    ...(definition.slices.includes(unit) ? { slice: unit } : {}),
  };
  return {
    name: `layer ${contract.name} ${definition.code}`,
    metrics: [definition.code],
    complete: [
      ...(daily ? [{ metric: definition.code, freq: 'D' as const, basis: 'period', ...months }] : []),
      { metric: definition.code, freq: 'M' as const, basis: 'period', ...months },
    ],
    select,
    layer,
  };
}
