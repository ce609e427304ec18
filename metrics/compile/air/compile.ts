import { compileCondition, type ExpressionScope, NotCompilable } from '../expression';
import type { CompileInput, DraftLayers, Refusal, Window } from '../types';
import { wants } from '../wants';
import { widen } from '../windows';
import { airDailyYtdStatement } from './daily-ytd';
import { airPeriodStatement } from './periods';
import { rulesIn } from './prune';
import { type AirMetric, resolveAir } from './resolve';
import { AQI_COLUMN, dayStatement, hourStatement } from './statement';
import { sandlessPeriods, trackDays, trackPeriods } from './track';

/** Hours and days out of the rows, longer periods out of finished days. */
export function compileAir(
  input: CompileInput,
  window: Window,
  layers: DraftLayers,
  refuse: (refusal: Refusal) => void,
): void {
  const scope: ExpressionScope = {
    columns: new Set(input.contract.columns.map((column) => column.name)),
    workdays: input.workdays,
  };
  const { base: resolved, periods } = resolveAir(input.definitions, input.contract.name, refuse);
  const base = resolved.filter((metric) => isCompilable(metric, scope, refuse));
  if (base.length === 0) return;
  const hours: Window = widen('H', window);
  const days = widen('D', hours);
  if (wants(input, 'H'))
    layers.early.push(hourStatement({ ...input, air: rulesIn(input.air, hours) }, base, scope, hours));
  if (wants(input, 'D'))
    layers.first.push(dayStatement({ ...input, air: rulesIn(input.air, days) }, base, scope, days));
  if (wants(input, 'D')) layers.second.push(...trackDays(input, base, scope, days));
  if (!wants(input, 'A')) return;
  const years = widen('A', hours);
  const later = { ...input, air: rulesIn(input.air, years) };
  layers.second.push(airPeriodStatement(later, base, periods, years));
  const daily = airDailyYtdStatement(later, base, years);
  if (daily) layers.second.push(daily);
  layers.last.push(...trackPeriods(input, base, periods, years), ...sandlessPeriods(input, base, years));
}

/** One definition that cannot be compiled is refused alone, and stops no other. */
function isCompilable(
  metric: AirMetric,
  scope: ExpressionScope,
  refuse: (refusal: Refusal) => void,
): boolean {
  try {
    compileCondition(metric.rowCondition, scope);
    if (metric.kind === 'day_count') compileCondition(metric.where, { ...scope, columns: AQI_COLUMN });
    return true;
  } catch (error) {
    if (!(error instanceof NotCompilable)) throw error;
    refuse({ metric: metric.code, code: 'no_compilable_form', message: error.message });
    return false;
  }
}
