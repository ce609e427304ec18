import { cumulativeDrop } from '@/metrics/calculus/energy';
import { ofOrigins } from '@/metrics/calculus/of-origins';
import { ofSeriesBreak } from '@/metrics/calculus/of-series-break';
import { gapPp, reductionCompletion } from '@/metrics/calculus/progress';
import { percentage } from '@/metrics/calculus/result';
import type { CellKey, Freq, Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { formatPeriod } from '@/metrics/time/label';
import { addPeriods, nextPeriod, periodOf, periodParts, periodStart } from '@/metrics/time/period';
import { crossedBy } from './compared';
import type { CellFacts } from './facts';
import { unlessRunning } from './growth';
import { type Making, type Working, workingOf } from './working';

const PLAN_YEARS = 5;
const TARGET_BASES = ['period', 'ytd', 'point', 'mean'] as const;

/** The five-year plan that a period lies in: 2021–2025 is measured from 2020. */
function planOf(periodMs: number): { baseMs: number; lastMs: number; elapsed: number } {
  const year = periodStart('A', periodMs);
  const elapsed = ((periodParts(year).year - 1) % PLAN_YEARS) + 1;
  return {
    baseMs: addPeriods('A', year, -elapsed),
    lastMs: addPeriods('A', year, PLAN_YEARS - elapsed),
    elapsed,
  };
}

/** Years of the plan, its base before it and its target at its end. */
export function planYearReads({ code, five_year }: MetricDefinition, cell: CellKey) {
  if (five_year === undefined || (cell.freq !== 'A' && cell.freq !== 'Q')) return [];
  const { baseMs, lastMs } = planOf(cell.periodMs);
  const common = { metrics: [code], regions: [cell.region], slices: [cell.slice], allVintages: false };
  const levels = {
    ...common,
    freq: ['A', 'Q'] as Freq[],
    measure: ['level' as const],
    fromMs: baseMs,
    toMs: nextPeriod(cell.freq, cell.periodMs),
  };
  if (five_year !== 'reduction') return [levels];
  // What is aimed at lies ahead; it is known now.
  const target = { ...common, freq: ['A'] as Freq[], measure: ['target' as const] };
  return [levels, { ...target, fromMs: lastMs, toMs: nextPeriod('A', lastMs) }];
}

/** A level that the plan lowers from its base year to its last (T22). */
export function reductionWorkings(facts: CellFacts): Working[] {
  const { cell, definition, current } = facts;
  if (definition.five_year !== 'reduction' || cell.freq !== 'A') return [];
  const { baseMs, lastMs, elapsed } = planOf(cell.periodMs);
  const base = facts.at({ periodMs: baseMs });
  const target = [cell.basis, ...TARGET_BASES]
    .map((basis) => facts.at({ measure: 'target', basis, periodMs: lastMs }))
    .find((o) => o?.value != null);
  const made = ofSeriesBreak(
    reductionCompletion({ base: base?.value, target: target?.value, current: current?.value }),
    current,
    base,
    crossedBy(facts, cell, baseMs),
  );
  const completion = ofOrigins(definition, made, current, base);
  const pace = percentage(elapsed, PLAN_YEARS, { elapsed, total: PLAN_YEARS });
  const common = { source: '§11', unit: 'share' as const };
  const makings: Making[] = [
    {
      ...common,
      key: 'reduction_completion',
      label: '下降目标完成率',
      result: completion,
      rule: '(基期 − 现值) ÷ (基期 − 目标),不截断,不降反升为负',
      operands: {
        base: { label: `基期(${yearOf(baseMs)}年)`, from: base },
        target: { label: `${yearOf(lastMs)}年目标`, from: target },
        current: { label: '现值', from: current },
      },
    },
    {
      ...common,
      key: 'reduction_pace',
      label: '五年时序进度',
      result: pace,
      rule: '已过年数 ÷ 5',
      operands: { elapsed: { label: '已过', unit: 'count' }, total: { label: '五年', unit: 'count' } },
    },
    {
      ...common,
      key: 'reduction_gap',
      label: '下降进度差',
      unit: 'pp',
      result: gapPp(completion.value, pace.value),
      rule: '完成率 − 时序进度',
      operands: {
        actual: { label: '下降目标完成率', unit: 'share', of: [base, target, current] },
        target: { label: '五年时序进度', unit: 'share' },
      },
      // More of the reduction is better, though less of the level is.
      tone: 'more',
    },
  ];
  // Of a year that has not ended neither its level nor its place among the five is known.
  return makings.map((making) =>
    workingOf(facts, { ...making, result: unlessRunning(facts, true, making.result) }),
  );
}

/** Yearly drops of the plan so far, multiplied (T51); of whole years alone. */
export function cumulativeDropWorking(facts: CellFacts): Working[] {
  const { cell, definition } = facts;
  if (definition.five_year !== 'yearly_drop' || !isWholeYear(cell)) return [];
  const { baseMs, elapsed } = planOf(cell.periodMs);
  const years = Array.from({ length: elapsed }, (_, index) => addPeriods('A', baseMs, index + 1));
  const drops = years.map((yearMs, index) => (index === elapsed - 1 ? facts.current : dropOf(facts, yearMs)));
  const first = years[0] ?? cell.periodMs;
  return [
    workingOf(facts, {
      key: 'cumulative_drop',
      label: `五年累计下降(${yearOf(first)}年以来)`,
      result: cumulativeDrop(drops.map((o) => o?.value)),
      unit: 'share',
      precision: definition.precision,
      rule: '1 − 各年(1 − 降低率)之积;不是各年降低率之和',
      source: '§21',
      operands: Object.fromEntries(
        drops.map((from, index) => [
          `drop_${index + 1}`,
          { label: `${yearOf(years[index] ?? first)}年降低率`, from },
        ]),
      ),
    }),
  ];
}

/** A year as such, or as its four quarters together. */
function dropOf(facts: CellFacts, yearMs: number): Observation | undefined {
  const { year } = periodParts(yearMs);
  const quarters = { freq: 'Q', basis: 'ytd', periodMs: periodOf('Q', { year, quarter: 4 }) } as const;
  const annual = facts.at({ freq: 'A', basis: 'period', periodMs: yearMs });
  return annual?.value == null ? (facts.at(quarters) ?? annual) : annual;
}

function isWholeYear({ freq, basis, periodMs }: CellKey): boolean {
  return freq === 'A' || (freq === 'Q' && basis === 'ytd' && periodParts(periodMs).quarter === 4);
}

function yearOf(periodMs: number): string {
  return formatPeriod('A', periodMs);
}
