import { noResult } from '@/metrics/calculus/result';
import { MIN_SEASONAL_MONTHS, seasonalFactors, seasonallyAdjusted } from '@/metrics/calculus/seasonal';
import { addPeriods, periodParts } from '@/metrics/time/period';
import type { CellFacts } from './facts';
import { type Working, workingOf } from './working';

/** The months that internal adjustment looks back on. */
export const SEASONAL_MONTHS = 120;

/** 内部季调 of a monthly flow, by the months up to this one; official adjusted rates are only ever the published ones. */
export function seasonalWorking(facts: CellFacts): Working[] {
  const { cell, current, definition } = facts;
  if (cell.freq !== 'M' || cell.basis !== 'period' || definition.accumulation !== 'flow' || !current)
    return [];
  const series = Array.from({ length: SEASONAL_MONTHS }, (_, index) => {
    const periodMs = addPeriods('M', cell.periodMs, index - SEASONAL_MONTHS + 1);
    return { periodMs, value: facts.at({ periodMs })?.value ?? null };
  });
  const begin = series.findIndex(({ value }) => value !== null);
  const months = begin < 0 ? [] : series.slice(begin);
  const first = periodParts(months[0]?.periodMs ?? cell.periodMs).month;
  const factors = seasonalFactors(
    months.map(({ value }) => value),
    first,
  );
  const factor = factors?.[periodParts(cell.periodMs).month - 1];
  // A month without a figure is none of them.
  const present = months.filter(({ value }) => value !== null).length;
  const short = present < MIN_SEASONAL_MONTHS;
  const result = factor
    ? seasonallyAdjusted(current.value, factor)
    : noResult(
        short ? 'short_series' : 'operand_missing',
        { value: current.value, months: present },
        {
          text: short ? `序列只有 ${present} 个月,不足 ${MIN_SEASONAL_MONTHS} 个月` : '有月份没有季节因子',
        },
      );
  return [
    workingOf(facts, {
      key: 'seasonally_adjusted',
      label: '季节调整(内部)',
      result: facts.unfinished
        ? { ...result, ...noResult('running', {}), operands: result.operands }
        : result,
      unit: 'value',
      rule: '本期 ÷ 季节因子;因子为近 10 年内各月与中心化移动平均之比的同月均值。只供内部预警,新增数据会改历史值',
      source: '§17',
      operands: {
        value: { label: '本期', from: current },
        seasonal_factor: { label: '季节因子', unit: 'count', precision: 4 },
        months: { label: '已有月数', unit: 'count' },
      },
    }),
  ];
}
