import { describe, expect, it } from 'vitest';
import type { CellKey, Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { ThresholdSet } from '@/metrics/model/definition-threshold';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import { lampOf } from '@/server/services/screens/lamp';

const NOW = Date.parse('2026-11-20T00:00:00+08:00');

type Levels = readonly (readonly [periodMs: number, value: string])[];

/** The lamp of the last of a series of levels. */
function lampOfLast(
  definition: MetricDefinition,
  cell: Pick<CellKey, 'freq' | 'basis'>,
  levels: Levels,
  targets: readonly Partial<Observation>[] = [],
) {
  const observations = observed(definition, cell, levels);
  const [first] = observations;
  return lampOfObserved(
    definition,
    observations,
    targets.map((target) => ({ ...(first as Observation), ...target })),
  );
}

function observed(
  definition: MetricDefinition,
  cell: Pick<CellKey, 'freq' | 'basis'>,
  levels: Levels,
): Observation[] {
  const common: Observation = {
    metric: definition.code,
    region: 140000,
    slice: '',
    measure: 'level',
    periodMs: 0,
    value: null,
    numerator: null,
    denominator: null,
    sampleCount: 1,
    status: 'final',
    flags: [],
    source: '省统计局',
    runId: '',
    vintageMs: NOW - 1000,
    definitionVersion: 1,
    ...cell,
  };
  return levels.map(([periodMs, value]) => ({ ...common, periodMs, value }));
}

function lampOfObserved(
  definition: MetricDefinition,
  observations: readonly Observation[],
  targets: readonly Observation[] = [],
) {
  return lampOf({
    definition,
    standard: null,
    observations: [...observations, ...targets],
    current: observations.at(-1),
    freshness: { state: 'current', text: '', nextPeriodLabel: null, dueMs: null },
    asOfMs: NOW,
  });
}

function judgedBy(set: ThresholdSet, more: Record<string, unknown> = {}): MetricDefinition {
  return sample.reported({
    unit: '%',
    precision: 1,
    accumulation: 'rate',
    additive_over_regions: false,
    rollup: 'published_only',
    direction: 'higher_better',
    yoy: 'pp_diff',
    mom: 'none',
    thresholds: { text: '测试', sets: [set] },
    ...more,
  });
}

const quarter = (year: number, n: number) => periodOf('Q', { year, quarter: n });

describe('the memory of a lamp', () => {
  // Thresholds of gdp_growth: blue below 5, yellow below 3.
  const growth = judgedBy(
    {
      source: 'default',
      measure: 'value',
      rules: [
        { type: 'compare', colour: 'blue', op: 'lt', limit: 5 },
        { type: 'compare', colour: 'yellow', op: 'lt', limit: 3 },
      ],
    },
    { freq: 'Q', period_rule: 'QC' },
  );
  const quarterly = { freq: 'Q', basis: 'ytd' } as const;

  it('does not reach over years without a figure', () => {
    const lamp = lampOfLast(growth, quarterly, [
      [quarter(2024, 1), '1.2'],
      [quarter(2026, 3), '4.5'],
    ]);
    expect(lamp).toMatchObject({ colour: 'blue', rule: '数值 4.5%,低于 5', sinceFirst: true });
  });

  it('names the periods that lacked while it was held', () => {
    const lamp = lampOfLast(growth, quarterly, [
      [quarter(2025, 4), '1.2'],
      [quarter(2026, 3), '4.5'],
    ]);
    expect(lamp?.colour).toBe('yellow');
    expect(lamp?.rule).toContain('此后 1 期已缓和(其间 2 期无数),连续 2 期才降');
    const next = lampOfLast(growth, quarterly, [
      [quarter(2026, 2), '1.2'],
      [quarter(2026, 3), '4.5'],
    ]);
    expect(next?.rule).toContain('此后 1 期已缓和,连续 2 期才降');
  });
});

describe('a completion rate against the passage of time', () => {
  const june = periodOf('M', { year: 2026, month: 6 });
  const completion = judgedBy({
    source: 'default',
    measure: 'completion_vs_time_pp',
    rules: [
      { type: 'compare', colour: 'yellow', op: 'lt', limit: -5 },
      { type: 'compare', colour: 'orange', op: 'lt', limit: -10 },
    ],
  });
  const target = {
    freq: 'A',
    basis: 'period',
    measure: 'target',
    value: '95',
    periodMs: periodOf('A', { year: 2026 }),
  } as const;

  it.each(['period', 'ytd'])('is the value itself, whatever its basis: %s', (basis) => {
    // 40 % in the middle of the year: 10 points behind, which is not below −10.
    for (const targets of [[], [target]])
      expect(lampOfLast(completion, { freq: 'M', basis }, [[june, '40']], targets)).toMatchObject({
        colour: 'yellow',
        rule: '完成率较进度 −10.0 个百分点,低于 −5',
      });
  });
});

describe('a rate of the province out of some of its cities', () => {
  const rate = judgedBy(
    {
      source: 'default',
      measure: 'value',
      rules: [{ type: 'compare', colour: 'red', op: 'lt', limit: 90 }],
    },
    { freq: 'M', period_rule: 'M' },
  );
  const month = (n: number) => periodOf('M', { year: 2026, month: n });
  const monthly = { freq: 'M', basis: 'period' } as const;
  const part = { periodMs: month(9), value: '60', flags: ['partial'] };
  const lampWith = (levels: readonly (readonly [number, string])[]) => {
    const known = observed(rate, monthly, [...levels, [part.periodMs, part.value]]);
    return lampOfObserved(
      rate,
      known.map((o) => ({ ...o, ...(o.periodMs === part.periodMs && { flags: part.flags }) })),
    );
  };

  it('lights nothing, and says why (calculus.md §13)', () => {
    expect(lampWith([])).toMatchObject({ colour: 'unjudged', rule: '有数的地区或时段不足95%' });
  });

  it('is judged where it lacks but a few counties', () => {
    const [own] = observed(rate, monthly, [[month(9), '60']]);
    const nearly = { ...(own as Observation), flags: ['nearly_whole'] };
    expect(lampOfObserved(rate, [nearly])).toMatchObject({ colour: 'red' });
  });

  it('leaves a lamp lit by the months that were whole, and says that this one is not judged', () => {
    expect(lampWith([[month(8), '85']])).toMatchObject({
      colour: 'red',
      rule: '数值 85.0%,低于 90;2026年9月有数的地区或时段不足95%,不判',
      judged: '2026年8月',
    });
  });

  it('never reads as if its number had kept the limits because the months before did', () => {
    expect(lampWith([[month(8), '95']])).toMatchObject({
      colour: 'unjudged',
      word: '无法判断',
      rule: '2026年9月有数的地区或时段不足95%,不判;此前无灯(未触发任何阈值)',
      judged: '2026年8月',
    });
  });
});

describe('a period of which nothing can be judged', () => {
  const judgesGrowth = judgedBy(
    {
      source: 'default',
      measure: 'yoy',
      rules: [{ type: 'compare', colour: 'blue', op: 'gt', limit: 0 }],
    },
    { freq: 'A', period_rule: 'Y', yoy: 'value_ratio' },
  );
  const year = (of: number) => periodOf('A', { year: of });
  const yearly = { freq: 'A', basis: 'period' } as const;
  const known = (levels: readonly (readonly [number, string | null])[]) =>
    observed(
      judgesGrowth,
      yearly,
      levels.map(([at, value]) => [at, value ?? '']),
    ).map((o, i) => ({ ...o, value: levels[i]?.[1] ?? null }));

  it('does not read as if it had kept the limits that the period before kept', () => {
    const before = [
      [year(2022), '110'],
      [year(2023), '100'],
    ] as const;
    expect(lampOfObserved(judgesGrowth, known([...before, [year(2024), null]]))).toMatchObject({
      colour: 'unjudged',
      rule: '2024年没有数,不判;此前无灯(未触发任何阈值)',
      judged: '2023年',
    });
    // Its base is missing.
    expect(lampOfObserved(judgesGrowth, known([...before, [year(2025), '90']]))).toMatchObject({
      colour: 'unjudged',
      rule: '2025年缺可比的上年同期或公布的增速,不判;此前无灯(未触发任何阈值)',
    });
  });

  it('leaves a lamp lit that the period before lit, and says so', () => {
    const levels = [
      [year(2022), '100'],
      [year(2023), '110'],
      [year(2024), null],
    ] as const;
    expect(lampOfObserved(judgesGrowth, known(levels))).toMatchObject({
      colour: 'blue',
      rule: '同比 +10.0%,高于 0;2024年没有数,不判',
      judged: '2023年',
    });
  });
});

it('goes on over the turn of the year: 1-2月 follow the whole year before (§25)', () => {
  const growth = judgedBy(
    {
      source: 'default',
      measure: 'value',
      rules: [{ type: 'compare', colour: 'orange', op: 'lt', limit: -5 }],
    },
    { freq: 'M', period_rule: 'MC' },
  );
  const year = observed(growth, { freq: 'A', basis: 'period' }, [[periodOf('A', { year: 2025 }), '-6.6']]);
  const months = (levels: Levels) => observed(growth, { freq: 'M', basis: 'ytd' }, levels);
  const month = (n: number) => periodOf('M', { year: 2026, month: n });
  const first = lampOfObserved(growth, [...year, ...months([[month(2), '6.4']])]);
  expect(first).toMatchObject({ colour: 'orange', since: '2025年1-12月' });
  // The second milder period in a row brings it down.
  expect(
    lampOfObserved(growth, [
      ...year,
      ...months([
        [month(2), '6.4'],
        [month(3), '6.1'],
      ]),
    ])?.colour,
  ).toBe('none');
});

it('of a day is not lit since days of the year before, which are read to compare with', () => {
  const rate = judgedBy(
    {
      source: 'default',
      measure: 'value',
      rules: [{ type: 'compare', colour: 'yellow', op: 'lt', limit: 90 }],
    },
    { freq: 'D', period_rule: 'D' },
  );
  const days = [
    [2025, 11, 17],
    [2025, 11, 18],
    [2026, 11, 16],
    [2026, 11, 17],
    [2026, 11, 18],
  ] as const;
  const lamp = lampOfLast(
    rate,
    { freq: 'D', basis: 'period' },
    days.map(([year, month, day]) => [periodOf('D', { year, month, day }), '80']),
  );
  expect(lamp).toMatchObject({ colour: 'yellow', sinceFirst: true });
  expect(lamp?.text).toContain('至少自11月16日起');
});

it('of a mean of counts over the cities is judged as the mean is shown, with one digit (§25, T60)', () => {
  const days = sample.aggregated({
    dataset: 'air_quality_hour',
    unit: '天',
    rollup: 'mean_of_cities',
    thresholds: {
      text: '测试',
      sets: [
        {
          source: 'default',
          measure: 'value',
          rules: [{ type: 'compare', colour: 'blue', op: 'gt', limit: 3 }],
        },
      ],
    },
  });
  const monthly = { freq: 'M', basis: 'period' } as const;
  // Shown as 3.4 and 3.0.
  const lampAt = (value: string) =>
    lampOfLast(days, monthly, [[periodOf('M', { year: 2026, month: 10 }), value]]);
  expect(lampAt('3.4')).toMatchObject({ colour: 'blue', rule: '数值 3.4 天,高于 3' });
  expect(lampAt('3.04')?.colour).toBe('none');
});
