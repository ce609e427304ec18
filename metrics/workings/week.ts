import { weekChange, weekUnit } from '@/metrics/calculus/week';
import { isYtd } from '@/metrics/model/basis';
import { isProfitMetric } from '@/metrics/model/profit-metric';
import { addPeriods } from '@/metrics/time/period';
import { compared, resultBetween, ruleBetween } from './compared';
import type { CellFacts } from './facts';
import { unlessRunning } from './growth';
import { type Working, workingOf } from './working';

/** 较上周同日 of a day: a ratio or a difference, as the metric's other changes are. */
export function weekWorking(facts: CellFacts): Working[] {
  const { cell, definition } = facts;
  const unit = weekUnit(definition);
  if (cell.freq !== 'D' || isYtd(cell.basis) || unit === undefined) return [];
  const pair = compared(facts, addPeriods('D', cell.periodMs, -7));
  const { current, base } = pair;
  return [
    workingOf(facts, {
      key: 'week',
      label: '较上周同日',
      result: unlessRunning(
        facts,
        true,
        resultBetween(pair, weekChange(unit, current?.value, base?.value, isProfitMetric(facts.definition))),
      ),
      unit,
      rule: ruleBetween(pair, unit === 'percent' ? '本日 ÷ 上周同日 − 1' : '本日 − 上周同日'),
      source: '§4',
      operands: {
        current: { label: '本日', from: current },
        base: { label: '上周同日', from: base },
      },
      tone: 'direction',
    }),
  ];
}
