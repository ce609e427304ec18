import { findColumn } from '@/metrics/model/dataset';
import { compileCondition, type ExpressionScope, NotCompilable } from '../expression';
import { slicesOf } from '../rows/resolve';
import { VALUE_TYPE } from '../sql/decimal';
import { type Fragment, ident, join, sql, text } from '../sql/fragment';
import { instant, ZONE } from '../sql/time';
import type { CompileInput, CompleteWindow, Refusal, StatementDraft, Window } from '../types';
import { assertFunctionRollup, type LayerMetric } from './resolve';
import type { WaterMade, WaterRule } from './types';

/** Items of GB 3838 by column; arsenic's column has another name because `as` is a word of SQL. */
const ITEM_COLUMNS: Readonly<Record<string, string>> = { as_: 'as' };
const COLUMNS = 'ph do codmn cod bod5 nh3n tp cu zn f se as_ hg cd cr6 pb cn phenol oil las s2'.split(' ');
/** Names, separated by semicolons, of the items of a row whose value is the detection limit that they lie below. */
const BELOW_LIMIT = 'is_below_dl';
/** How a sample was taken; of what an automatic station measures its values are taken where there are any. */
const METHOD = 'method';
const AUTOMATIC = 'auto';
const MEASURED_BY_STATIONS = ['ph', 'do', 'codmn', 'nh3n', 'tp'];
/** `lake` where the limits of lakes and reservoirs hold. */
const WATER_BODY = 'water_body';

export interface WaterMetrics {
  section: string;
  time: string;
  condition: Fragment;
  metrics: readonly LayerMetric[];
}

/** Metrics of one set of rows share a layer; what cannot be answered is refused by name. */
export function resolveWater(
  input: CompileInput,
  metrics: readonly LayerMetric[],
  scope: ExpressionScope,
  refuse: (refusal: Refusal) => void,
): WaterMetrics[] {
  const groups = new Map<string, WaterMetrics>();
  for (const metric of metrics) {
    const { definition } = metric;
    try {
      assertFunctionRollup(metric.definition);
      const section = String(definition.fn?.args.section ?? '');
      if (!findColumn(input.contract, section)) throw new NotCompilable(`没有列“${section}”`);
      if (!COLUMNS.some((column) => findColumn(input.contract, column)))
        throw new NotCompilable('数据集没有任何水质项目列', 'unsupported_function');
      if (metric.name === 'water_class_share') verdicts(metric, scope);
      const time = definition.time ?? input.contract.businessTime;
      const condition = compileCondition(definition.where, scope);
      const key = JSON.stringify([section, time, condition]);
      const group = groups.get(key) ?? { section, time, condition, metrics: [] };
      groups.set(key, { ...group, metrics: [...group.metrics, metric] });
      refuseSlices(input, metric, section, scope, refuse);
    } catch (error) {
      if (!(error instanceof NotCompilable)) throw error;
      refuse({ metric: definition.code, code: error.code, message: error.message });
    }
  }
  return [...groups.values()];
}

/** A class is a section's own; a share is of the sections that a slice names. */
function refuseSlices(
  input: CompileInput,
  { definition, name }: LayerMetric,
  section: string,
  scope: ExpressionScope,
  refuse: (refusal: Refusal) => void,
): void {
  const { slices, unknownSlices } = slicesOf(definition, input.contract, scope);
  for (const slice of unknownSlices)
    refuse({
      metric: definition.code,
      code: 'slice_unknown',
      message: `数据集没有分组维度“${slice}”,不按它分组`,
    });
  if (name !== 'water_class') return;
  for (const slice of slices) {
    if (slice.name === sectionSlice(definition, section)) continue;
    const message = `水质类别只有断面自己的值,不按 ${slice.name} 分组`;
    refuse({ metric: definition.code, code: 'slice_excluded', message });
  }
}

/** Name of the slice that the sections are told apart by. */
function sectionSlice({ slices, slice_expr }: LayerMetric['definition'], section: string): string {
  return slices.find((name) => (slice_expr?.[name] ?? name) === section) ?? 'section';
}

/** Which of the classes 1–6 count, as an array of the layer. */
function verdicts({ definition }: LayerMetric, scope: ExpressionScope): Fragment {
  const condition = compileCondition(String(definition.fn?.args.where ?? ''), {
    ...scope,
    columns: new Set(['class']),
  });
  return sql`arrayMap(${ident('class')} -> toUInt8(${condition} != 0), [1, 2, 3, 4, 5, 6])`;
}

/**
 * Means of the items by section and month (or day), values below the detection limit as half of it; where an automatic
 * station measures an item, of its values alone (环办监测函〔2020〕82号). `long`: also what is made of months: 累计, quarters,
 * years.
 */
export function waterStatement(
  input: CompileInput,
  { section, time, condition, metrics }: WaterMetrics,
  scope: ExpressionScope,
  window: Window,
  gatherBy: 'D' | 'M',
  long: boolean,
): StatementDraft {
  const { contract, nowMs } = input;
  const columns = COLUMNS.filter((column) => findColumn(contract, column));
  const shares = metrics.filter(({ name }) => name === 'water_class_share');
  const slices = shares.flatMap(({ definition }) => slicesOf(definition, contract, scope).slices);
  const names = [...new Set(slices.map(({ name, value }) => JSON.stringify([name, value])))];
  const at = sql`toDateTime(${ident(time)}, ${text(ZONE)})`;
  const start = gatherBy === 'D' ? sql`toStartOfDay(${at})` : sql`toStartOfMonth(${at})`;
  const bodies = findColumn(contract, WATER_BODY)
    ? sql`argMax(toString(${ident(WATER_BODY)}), place)`
    : sql`''`;
  const halved = (column: string) =>
    findColumn(contract, BELOW_LIMIT)
      ? sql`if(has(splitByChar(';', ifNull(toString(${ident(BELOW_LIMIT)}), '')), ${text(column)}), 2, 1)`
      : sql`1`;
  const means = columns.map((column) => {
    const all = meanOf(column, halved(column), sql`1`);
    if (!MEASURED_BY_STATIONS.includes(column) || !findColumn(contract, METHOD)) return all;
    return sql`coalesce(${meanOf(column, halved(column), sql`toString(${ident(METHOD)}) = ${text(AUTOMATIC)}`)}, ${all})`;
  });
  const values = names.map((key) => {
    const found = slices.find(({ name, value }) => JSON.stringify([name, value]) === key);
    return sql`argMax(ifNull(nullIf(toString(${found?.value ?? sql`''`}), ''), '未知'), place)`;
  });
  const select = sql`
SELECT toString(${ident(section)}) AS section, toInt64(toUnixTimestamp(toDateTime(${start}, ${text(ZONE)}))) AS period_s,
  argMax(region, place) AS region, toUInt8(max(is_demo)) AS demo, count() AS samples, ${bodies} AS body,
  CAST([${means}] AS Array(Nullable(String))) AS item_values, CAST([${values}] AS Array(String)) AS slice_values,
  CAST([${shares.map((metric) => verdicts(metric, scope))}] AS Array(Array(UInt8))) AS verdicts
FROM (
  SELECT *, ${ident(contract.regionColumn)} AS region, (${ident(time)}, ${join(
    contract.key.map((key) => sql`toString(${ident(key)})`),
    ', ',
  )}) AS place
  FROM ${ident(contract.name)} FINAL
  WHERE ${ident(time)} >= ${instant(window.fromMs)} AND ${ident(time)} < ${instant(window.toMs)} AND ${ident(time)} <= ${instant(nowMs)} AND ${condition}
)
GROUP BY ${ident(section)}, ${start}
ORDER BY section, period_s`;
  const rule: WaterRule = {
    kind: 'water',
    source: contract.name,
    nowMs,
    scope: input.scope,
    cities: input.cities,
    window,
    gatherBy,
    long,
    items: columns.map((column) => ITEM_COLUMNS[column] ?? column),
    classes: metrics
      .filter(({ name }) => name === 'water_class')
      .map((metric) => ({ ...madeOf(metric), section: sectionSlice(metric.definition, section) })),
    shares: shares.map((metric) => ({
      ...madeOf(metric),
      factor: metric.definition.factor * 100,
      slices: slicesOf(metric.definition, contract, scope).slices.map(({ name, value }) => ({
        name,
        place: names.indexOf(JSON.stringify([name, value])),
      })),
    })),
  };
  return {
    name: `layer ${contract.name} ${gatherBy}${long ? ' long' : ''}`,
    metrics: metrics.map(({ definition }) => definition.code),
    complete: metrics.flatMap((metric) => completeOf(metric, gatherBy, long, window)),
    select,
    layer: rule,
  };
}

/** As text, null without a value. pH is a logarithm: its mean is that of the hydrogen ions (环办监测函〔2020〕82号). */
function meanOf(column: string, divisor: Fragment, condition: Fragment): Fragment {
  const name = ident(column);
  if (column === 'ph')
    return sql`toString(toDecimal64OrNull(toString(round(-log10(nullIf(avgOrNullIf(exp10(-toFloat64(${name})), ${condition}), 0)), 6)), 6))`;
  const value = sql`toDecimal256(CAST(${name} AS ${VALUE_TYPE}), 24) / ${divisor}`;
  return sql`toString(sumIf(${value}, ${condition}) / nullIf(countIf(isNotNull(${name}) AND ${condition}), 0))`;
}

function madeOf({ definition: { code, freq }, version, byQuarter }: LayerMetric): WaterMade {
  return { code, version, byMonth: freq !== 'A' && freq !== 'Q', byQuarter };
}

function completeOf(
  metric: LayerMetric,
  gatherBy: 'D' | 'M',
  long: boolean,
  window: Window,
): CompleteWindow[] {
  const { code, byMonth, byQuarter } = madeOf(metric);
  const at = (of: CompleteWindow['freq'], basis: string) => ({ metric: code, freq: of, basis, ...window });
  if (!long) return [at(gatherBy, 'period')];
  return [
    ...(byMonth ? [at('M', 'ytd')] : []),
    ...(byQuarter ? [at('Q', 'period'), at('Q', 'ytd')] : []),
    at('A', 'period'),
  ];
}
