import { difference, growthRatio } from '@/metrics/calculus/growth-ratio';
import type { ChangeUnit } from '@/metrics/format/change';
import { isYtd } from '@/metrics/model/basis';
import type { MetricDefinition } from '@/metrics/model/definition';
import { addPeriods } from '@/metrics/time/period';
import { compared, resultBetween, ruleBetween } from './compared';
import type { CellFacts } from './facts';
import { unlessRunning } from './growth';
import { type Working, workingOf } from './working';

/** 较上周同日 of a daily level that is no flow: a ratio or a difference, as the metric's other changes are. */
export function weekLevelWorking(facts: CellFacts): Working[] {
  const { cell, definition } = facts;
  const unit = weekUnit(definition);
  if (cell.freq !== 'D' || isYtd(cell.basis) || definition.accumulation === 'flow' || unit === undefined)
    return [];
  const pair = compared(facts, addPeriods('D', cell.periodMs, -7));
  const { current, base } = pair;
  const made =
    unit === 'percent'
      ? growthRatio({ current: current?.value, base: base?.value, baseName: '上周同日' })
      : difference(current?.value, base?.value, '上周同日');
  return [
    workingOf(facts, {
      key: 'week',
      label: '较上周同日',
      result: unlessRunning(facts, true, resultBetween(pair, made)),
      unit,
      ...(unit === 'unit' && { precision: definition.precision }),
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

/** By the rule of 环比, else of 同比; growth that only a publisher gives is none of a week. */
function weekUnit({ mom, yoy }: MetricDefinition): ChangeUnit | undefined {
  const rule = mom === 'none' ? yoy : mom;
  switch (rule) {
    case 'value_ratio':
    case 'value_ratio_comparable':
      return 'percent';
    case 'pp_diff':
      return 'pp';
    case 'abs_diff':
      return 'unit';
    default:
      return undefined;
  }
}
