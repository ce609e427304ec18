import { ceilingTarget, gapPp, historicalPace, progress } from '@/metrics/calculus/progress';
import { roundTo } from '@/metrics/format/rounding';
import type { Observation } from '@/metrics/model/cell';
import { shownPrecision } from '@/metrics/model/shown-precision';
import { dayKey } from '@/metrics/time/calendar';
import { elapsedOfYear } from '@/metrics/time/elapsed';
import { periodStart, samePeriodLastYear } from '@/metrics/time/period';
import type { CellFacts } from './facts';
import { type Making, type OperandSource, type Working, workingOf } from './working';

/** Bases under which a year's target may be given; the level's own comes first. */
const TARGET_BASES = ['period', 'ytd', 'point', 'mean'] as const;
const PACE_YEARS = [1, 2, 3] as const;

/** 年度目标: completion and pace of amounts, the gap of rates; nothing where no target is known. */
export function targetWorkings(facts: CellFacts): Working[] {
  const target = targetOf(facts);
  if (target?.value == null) return [];
  const { accumulation, direction } = facts.definition;
  if (accumulation === 'flow' && facts.cell.basis !== 'ytd' && facts.cell.freq !== 'A') return [];
  if (accumulation === 'flow') return paced(facts, target);
  return direction === 'lower_better' ? ceiling(facts, target) : gap(facts, target);
}

function targetOf(facts: CellFacts): Observation | undefined {
  const periodMs = periodStart('A', facts.cell.periodMs);
  const bases = [facts.cell.basis, ...TARGET_BASES];
  return bases
    .map((basis) => facts.at({ freq: 'A', measure: 'target', basis, periodMs }))
    .find((o) => o?.value != null);
}

function paced(facts: CellFacts, target: Observation): Working[] {
  const { cell, current, definition } = facts;
  const years = yearsOf(facts);
  const historical = definition.progress_basis === 'history' ? historicalPace(years) : null;
  const done = progress({
    ytd: current?.value,
    target: target.value,
    ...elapsedOfYear(cell.freq, cell.periodMs, facts.asOfMs),
    ...(historical && { pacePercent: historical.value }),
  });
  // A pace of former years that cannot be told must not be replaced by the calendar's without a word.
  const lacking = historical !== null && historical.value === null;
  const known = { ytd: { label: '累计', from: current }, target: { label: '年度目标', from: target } };
  const common = { source: '§11', unit: 'share' as const };
  const workings: Making[] = [
    {
      ...common,
      key: 'completion',
      label: '目标完成率',
      result: done.completion,
      rule: '累计 ÷ 年度目标,不截断',
      operands: known,
    },
    {
      ...common,
      key: 'pace',
      label: historical ? '历史进度' : '时序进度',
      result: historical ?? done.pace,
      rule: historical ? '前三年同期占全年比重的平均' : '已过月(日)数 ÷ 全年月(日)数',
      operands: {
        elapsed: { label: '已过', unit: 'count' },
        total: { label: '全年', unit: 'count' },
        // The calendar's pace is made of no year before: what is to be said of them is not said of it.
        ...(historical && shareOperands(years)),
      },
    },
    {
      ...common,
      key: 'pace_gap',
      label: '进度差',
      unit: 'pp',
      result: lacking ? gapPp(done.completion.value, null) : done.gap,
      rule: '完成率 − 进度',
      operands: {
        actual: { label: '目标完成率', unit: 'share', of: [current, target] },
        target: {
          label: historical ? '历史进度' : '时序进度',
          unit: 'share',
          ...(historical && { of: years.flatMap(({ of }) => of) }),
        },
      },
      tone: 'direction',
    },
  ];
  return workings.map((making) => workingOf(facts, making));
}

function shareOperands(years: readonly PaceYear[]): Record<string, OperandSource> {
  return Object.fromEntries(
    years.map(({ of }, index) => [
      `share_${index + 1}`,
      { label: `前${index + 1}年同期占全年`, unit: 'share', of },
    ]),
  );
}

interface PaceYear {
  ytd: string | null;
  annual: string | null;
  of: readonly (Observation | undefined)[];
}

function yearsOf(facts: CellFacts): PaceYear[] {
  const { freq, periodMs } = facts.cell;
  return PACE_YEARS.map((years) => {
    const annualMs = periodStart('A', samePeriodLastYear(freq, periodMs, years));
    const annual = facts.at({ freq: 'A', basis: 'period', periodMs: annualMs });
    const ytd = facts.at({ periodMs: facts.yearsBefore(years) });
    return { ytd: ytd?.value ?? null, annual: annual?.value ?? null, of: [ytd, annual] };
  });
}

/** Targets of rates and stocks have no completion: the distance says it. */
function gap(facts: CellFacts, target: Observation): Working[] {
  const { current, definition } = facts;
  const percent = definition.unit === '%';
  return [
    workingOf(facts, {
      key: 'target_gap',
      label: '与目标之差',
      result: gapPp(current?.value, target.value),
      unit: percent ? 'pp' : 'unit',
      rule: percent ? '实际 − 目标,百分点;增速与比率类不算完成率' : '实际 − 目标',
      source: '§11',
      operands: {
        actual: { label: '实际', from: current },
        target: { label: targetLabel(target), from: target },
      },
      tone: 'direction',
    }),
  ];
}

/** A target that must not be exceeded (PM2.5 ≤ 36): met or not as the value is shown (§25, T60), and by how much. */
function ceiling(facts: CellFacts, target: Observation): Working[] {
  const { cell, current, definition } = facts;
  const shown = roundTo(current?.value, shownPrecision(definition, cell.region), definition.rounding);
  const { met } = ceilingTarget(shown, target.value);
  const excess = gapPp(current?.value, target.value);
  const verdict = met === null ? undefined : met ? '达标' : '未达标';
  return [
    workingOf(facts, {
      key: 'target_gap',
      label: verdict === undefined ? '与上限之差' : `与上限之差(${verdict})`,
      result: excess,
      unit: definition.unit === '%' ? 'pp' : 'unit',
      rule: '实际 − 上限;实际修约到显示精度后不大于上限为达标',
      source: '§11、§25',
      operands: {
        actual: { label: '实际', from: current },
        target: { label: targetLabel(target), from: target },
      },
      tone: 'direction',
    }),
  ];
}

function targetLabel({ periodMs }: Observation): string {
  return `${dayKey(periodMs).slice(0, 4)} 年目标`;
}
