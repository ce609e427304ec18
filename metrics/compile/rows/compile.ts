import { accumulateStatement, pointStatement } from '../cells/accumulate';
import type { CompileInput, DraftLayers, StatementDraft, Window } from '../types';
import { wants } from '../wants';
import { widen } from '../windows';
import { asOfStatement, stockFreq } from './as-of';
import type { RowMetric } from './resolve';
import { type GatherBy, planScan } from './scan';
import type { RowMetrics } from './select';
import { type Grain, grainsOf, rowStatement } from './statement';
import { balanceStatement } from './stock-balance';
import { unitStatement } from './unit-days';

/** Grains of one pass each: what is finer than a day, what a wall waits for. */
const PASSES = [
  { grains: ['N'], gatherBy: 'minute' },
  { grains: ['H'], gatherBy: 'hour' },
  { grains: ['D', 'M'], gatherBy: 'day' },
] as const satisfies readonly { grains: readonly Grain[]; gatherBy: GatherBy }[];

/**
 * Rows placed in periods: one pass a time for days and months, one for hours where there are any, one for the years and
 * quarters that are no sum of their months.
 */
export function compileRows(
  input: CompileInput,
  window: Window,
  metrics: readonly RowMetric[],
  { early, first, second }: DraftLayers,
): void {
  const years = widen('A', window);
  const long: Grain[] = [
    ...(wants(input, 'A') ? (['ytd', 'A'] as const) : []),
    ...(wants(input, 'Q') ? (['Q', 'Qytd'] as const) : []),
  ];
  for (const placed of samePass(metrics)) {
    const time = placed[0]?.time ?? '';
    // What happened when the rows came in is what a wall waits for; deadlines and closings follow.
    const layer = time === input.contract.businessTime ? early : first;
    layer.push(...PASSES.flatMap((pass) => passStatements(input, window, placed, pass)));
    const whole = placed.filter((metric) => !metric.additiveOverTime && grainsOf(metric, long).length > 0);
    if (whole.length === 0) continue;
    const asked = long.filter((grain) => whole.some((metric) => grainsOf(metric, [grain]).length > 0));
    const unsliced = whole.map((metric) => ({ ...metric, slices: [] }));
    const scan = planScan(input, time, years, 'month', unsliced);
    first.push(rowStatement(input, scan, asked, years, years));
  }
  const additive = metrics.filter((metric) => metric.additiveOverTime);
  if (additive.length > 0 && long.length > 0) {
    const made = accumulateStatement(input, additive, years);
    if (made) second.push(made);
  }
}

/** Metrics over the same rows at the same time, in order of time. */
function samePass(metrics: readonly RowMetric[]): RowMetric[][] {
  const groups = new Map<string, RowMetric[]>();
  for (const metric of metrics) {
    const key = `${metric.time} ${metric.table.key}`;
    groups.set(key, [...(groups.get(key) ?? []), metric]);
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function passStatements(
  input: CompileInput,
  window: Window,
  placed: readonly RowMetric[],
  { grains, gatherBy }: (typeof PASSES)[number],
): StatementDraft[] {
  const wanted = grains.filter((grain) => wants(input, grain));
  const served = placed.filter((metric) => grainsOf(metric, wanted).length > 0);
  const asked = wanted.filter((grain) => served.some((metric) => grainsOf(metric, [grain]).length > 0));
  if (served.length === 0) return [];
  const days = widen('D', window);
  if (gatherBy === 'day') {
    const months = widen('M', window);
    const scan = planScan(
      input,
      served[0]?.time ?? '',
      months,
      asked.includes('D') ? 'day' : 'month',
      served,
    );
    const units = asked.includes('D') ? unitStatement(input, served, days) : undefined;
    return [rowStatement(input, scan, asked, months, days), ...(units ? [units] : [])];
  }
  // A value that holds is a row of every hour in which it does: counts cannot share its pass.
  return [true, false].flatMap((held) => {
    const alike = served.filter((metric) => metric.needsHeld === held);
    if (alike.length === 0) return [];
    return [
      rowStatement(input, planScan(input, alike[0]?.time ?? '', days, gatherBy, alike), asked, days, days),
    ];
  });
}

/** Stocks: counted at the end of days, then the last one at hand of each longer period. */
export function compileStocks(
  input: CompileInput,
  window: Window,
  { stocks, balances }: Pick<RowMetrics, 'stocks' | 'balances'>,
  { first, second }: DraftLayers,
): void {
  const years = widen('A', window);
  const counted = stocks.filter((metric) => wants(input, stockFreq(metric)));
  for (const alike of samePass(counted)) {
    const statement = asOfStatement(input, alike, window);
    if (statement) first.push(statement);
  }
  if (wants(input, 'D')) first.push(...balances.map((metric) => balanceStatement(input, metric, window)));
  if (!wants(input, 'A') && !wants(input, 'Q')) return;
  for (const from of ['D', 'M', 'Q'] as const) {
    const finest = stocks.filter((metric) => stockFreq(metric) === from);
    const made = pointStatement(input, from === 'D' ? [...finest, ...balances] : finest, years, from);
    if (made) second.push(made);
  }
}
