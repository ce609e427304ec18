import type { Freq } from '@/metrics/model/cell';
import { dayKey } from '@/metrics/time/calendar';
import { periodRange } from '@/metrics/time/period';
import { airDailyYtdStatement, airPeriodStatement } from './air/periods';
import { rulesIn } from './air/prune';
import { AIR_FUNCTIONS, resolveAir } from './air/resolve';
import { dayStatement, hourStatement } from './air/statement';
import { accumulateStatement, pointStatement } from './cells/accumulate';
import { type ExpressionScope, NotCompilable } from './expression';
import { asOfStatement } from './rows/as-of';
import { type RowMetric, resolveRowMetric } from './rows/resolve';
import { planScan } from './rows/scan';
import { type Grain, grainsOf, rowStatement } from './rows/statement';
import { sql } from './sql/fragment';
import type {
  CompiledPlan,
  CompiledStatement,
  CompileInput,
  Refusal,
  VersionedDefinition,
  Window,
} from './types';
import { widen } from './windows';

/** What a wall waits for; what else is read from rows; what is made of cells. */
type Layers = readonly [CompiledStatement[], CompiledStatement[], CompiledStatement[]];

/** Rollups whose region values are recomputed from the rows of each level: right for sums, ratios and distinct counts. */
const FROM_ROWS = ['sum', 'ratio_of_sums', 'recompute_distinct', 'max', 'weighted_mean'];

/**
 * Everything that changes when rows of `window` change, layer by layer; one pass over the rows for all metrics that are
 * placed by the same time. Pure and deterministic: equal input, equal SQL.
 */
export function compileDataset(input: CompileInput): CompiledPlan {
  const refusals: Refusal[] = [];
  const refuse = (refusal: Refusal) => refusals.push(refusal);
  const scope: ExpressionScope = {
    columns: new Set(input.contract.columns.map((column) => column.name)),
    workdays: input.workdays,
  };
  const early: CompiledStatement[] = [];
  const first: CompiledStatement[] = [];
  const second: CompiledStatement[] = [];
  const rows = resolveRows(input, scope, refuse);
  if (input.window) {
    compileRows(input, input.window, rows, [early, first, second]);
    compileAir(input, input.window, scope, [early, first, second], refuse);
  }
  if (input.stockWindow) compileAsOf(input, input.stockWindow, scope, first, second, refuse);
  return { layers: [early, first, second].filter((layer) => layer.length > 0), refusals };
}

function wants(input: CompileInput, ...freqs: Freq[]): boolean {
  return freqs.some((freq) => input.freqs.includes(freq));
}

function resolveRows(
  input: CompileInput,
  scope: ExpressionScope,
  refuse: (refusal: Refusal) => void,
): RowMetric[] {
  return input.definitions.flatMap((entry) => {
    const { definition } = entry;
    if (definition.kind !== 'aggregated' || definition.dataset !== input.contract.name) return [];
    if (definition.rows === 'as_of') return [];
    if (definition.fn) {
      if (!AIR_FUNCTIONS.includes(definition.fn.name))
        refuse({
          metric: definition.code,
          code: 'unsupported_function',
          message: `命名函数 ${definition.fn.name} 尚不能编译`,
        });
      return [];
    }
    return resolveOne(input, entry, scope, refuse);
  });
}

function resolveOne(
  input: CompileInput,
  { definition, version }: VersionedDefinition,
  scope: ExpressionScope,
  refuse: (refusal: Refusal) => void,
): RowMetric[] {
  if (definition.kind !== 'aggregated') return [];
  if (!FROM_ROWS.includes(definition.rollup)) {
    refuse({
      metric: definition.code,
      code: 'unsupported_rollup',
      message: `上卷方式 ${definition.rollup} 不能由明细行得出`,
    });
    return [];
  }
  try {
    const metric = resolveRowMetric(definition, version, input.contract, scope);
    const slices = metric.slices.filter(({ name }) => {
      const excluded = input.excludedSlices?.find((one) => one.slice === name);
      if (excluded) refuse({ metric: metric.code, code: 'slice_excluded', message: excluded.reason });
      return !excluded;
    });
    return [{ ...metric, slices }];
  } catch (error) {
    if (!(error instanceof NotCompilable)) throw error;
    refuse({ metric: definition.code, code: 'no_compilable_form', message: error.message });
    return [];
  }
}

function compileRows(
  input: CompileInput,
  window: Window,
  metrics: readonly RowMetric[],
  [early, first, second]: Layers,
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
      const scan = planScan(
        input,
        time,
        years,
        'month',
        whole.map((metric) => ({ ...metric, slices: [] })),
      );
      first.push(rowStatement(input, scan, ['ytd', 'A'], years, years));
    }
  }
  const additive = metrics.filter((metric) => metric.additiveOverTime);
  if (additive.length > 0 && wants(input, 'A')) second.push(accumulateStatement(input, additive, years));
}

function compileAsOf(
  input: CompileInput,
  window: Window,
  scope: ExpressionScope,
  first: CompiledStatement[],
  second: CompiledStatement[],
  refuse: (refusal: Refusal) => void,
): void {
  const end = { periodEnd: sql`toDateTime(as_of_day + 1, 'Asia/Shanghai')` };
  const stocks = input.definitions.flatMap((entry) => {
    const { definition } = entry;
    if (definition.kind !== 'aggregated' || definition.dataset !== input.contract.name) return [];
    return definition.rows === 'as_of' ? resolveOne(input, entry, { ...scope, ...end }, refuse) : [];
  });
  if (stocks.length === 0) return;
  const days = widen('D', window);
  const keys = periodRange('D', days.fromMs, days.toMs).map((ms) => dayKey(ms));
  if (wants(input, 'D') && keys.length > 0)
    for (const metric of stocks) first.push(asOfStatement(input, metric, keys, days));
  if (wants(input, 'A')) second.push(pointStatement(input, stocks, widen('A', window)));
}

function compileAir(
  input: CompileInput,
  window: Window,
  scope: ExpressionScope,
  [early, first, second]: Layers,
  refuse: (refusal: Refusal) => void,
): void {
  const { base, periods } = resolveAir(input.definitions, input.contract.name, refuse);
  if (base.length === 0) return;
  const hours: Window = widen('H', window);
  const days = widen('D', hours);
  if (wants(input, 'H'))
    early.push(hourStatement({ ...input, air: rulesIn(input.air, hours) }, base, scope, hours));
  if (wants(input, 'D'))
    first.push(dayStatement({ ...input, air: rulesIn(input.air, days) }, base, scope, days));
  if (!wants(input, 'A')) return;
  const years = widen('A', hours);
  const later = { ...input, air: rulesIn(input.air, years) };
  second.push(airPeriodStatement(later, base, periods, years));
  const daily = airDailyYtdStatement(later, base, years);
  if (daily) second.push(daily);
}
