import { accumulateStatement, pointStatement } from '../cells/accumulate';
import type { CompileInput, DraftLayers, Window } from '../types';
import { wants } from '../wants';
import { widen } from '../windows';
import { asOfStatement, stockFreq } from './as-of';
import type { RowMetric } from './resolve';
import { planScan } from './scan';
import type { RowMetrics } from './select';
import { type Grain, grainsOf, rowStatement } from './statement';
import { balanceStatement } from './stock-balance';

/** Rows placed in periods: one pass a time for days and months, one for the years that are no sum of their months. */
export function compileRows(
  input: CompileInput,
  window: Window,
  metrics: readonly RowMetric[],
  { early, first, second }: DraftLayers,
): void {
  const times = [...new Set(metrics.map((metric) => metric.time))].sort();
  const months = widen('M', window);
  const years = widen('A', window);
  const grains: Grain[] = [
    ...(wants(input, 'D') ? (['D'] as const) : []),
    ...(wants(input, 'M') ? (['M'] as const) : []),
  ];
  for (const time of times) {
    const placed = metrics.filter((metric) => metric.time === time);
    const served = placed.filter((metric) => grainsOf(metric, grains).length > 0);
    const asked = grains.filter((grain) => served.some((metric) => grainsOf(metric, [grain]).length > 0));
    if (served.length > 0) {
      const scan = planScan(input, time, months, asked.includes('D') ? 'day' : 'month', served);
      // What happened when the rows came in is what a wall waits for; deadlines and closings follow.
      (time === input.contract.businessTime ? early : first).push(
        rowStatement(input, scan, asked, months, widen('D', window)),
      );
    }
    const whole = placed.filter((metric) => !metric.additiveOverTime);
    if (whole.length > 0 && wants(input, 'A')) {
      const unsliced = whole.map((metric) => ({ ...metric, slices: [] }));
      const scan = planScan(input, time, years, 'month', unsliced);
      first.push(rowStatement(input, scan, ['ytd', 'A'], years, years));
    }
  }
  const additive = metrics.filter((metric) => metric.additiveOverTime);
  if (additive.length > 0 && wants(input, 'A')) second.push(accumulateStatement(input, additive, years));
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
  const statement = asOfStatement(input, counted, window);
  if (statement) first.push(statement);
  if (wants(input, 'D')) first.push(...balances.map((metric) => balanceStatement(input, metric, window)));
  if (!wants(input, 'A')) return;
  const daily = [...stocks.filter((metric) => stockFreq(metric) === 'D'), ...balances];
  const monthly = stocks.filter((metric) => stockFreq(metric) === 'M');
  if (daily.length > 0) second.push(pointStatement(input, daily, years));
  if (monthly.length > 0) second.push(pointStatement(input, monthly, years, 'M'));
}
