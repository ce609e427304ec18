import { describe, expect, it } from 'vitest';
import { cellFacts, type KnownPart } from '@/metrics/testing/cell-facts';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import { workings } from './list';

const NOW = Date.parse('2025-03-01T00:00:00+08:00');
const year = (y: number) => periodOf('A', { year: y });
const INFERRED = { flags: ['inferred'] };

/** Workings of 2022, by key. */
function of2022(definition: Parameters<typeof cellFacts>[0], parts: readonly KnownPart[]) {
  const made = workings(cellFacts(definition, { freq: 'A', periodMs: year(2022) }, parts, NOW));
  return (key: string) => {
    const found = made.find((working) => working.key === key);
    return found && { text: found.text, basis: found.basis, flags: found.flags.map(({ words }) => words) };
  };
}

// Urban income of Shanxi: 37 433 in 2021; 39 532 in 2022 follows from the bulletin of 2023 alone. 5.6 % on the year.
const income = sample.reported({ yoy: 'value_ratio', freq: 'A', period_rule: 'Y' });

describe('what is made of a figure that follows from others only', () => {
  it('says so, whichever side it stands on', () => {
    const mark = ['由其他发布数推得'];
    const now = [
      { value: '39532', ...INFERRED },
      { value: '37433', periodMs: year(2021) },
    ];
    expect(of2022(income, now)('yoy')).toEqual({ text: '+5.6%', basis: 'computed', flags: mark });
    const then = [{ value: '39532' }, { value: '37433', periodMs: year(2021), ...INFERRED }];
    expect(of2022(income, then)('yoy')).toEqual({ text: '+5.6%', basis: 'computed', flags: mark });
  });

  it('says so of a change of growths too', () => {
    // 5.6 − 7.6 = −2.0: the growth of 2021 was published, that of 2022 is computed from the inferred level.
    const parts: KnownPart[] = [
      { value: '39532', ...INFERRED },
      { value: '37433', periodMs: year(2021) },
      { value: '7.6', measure: 'yoy', periodMs: year(2021) },
    ];
    expect(of2022(income, parts)('accel_pp')?.flags).toEqual(['由其他发布数推得']);
  });

  it('is as published where somebody published it', () => {
    const parts: KnownPart[] = [
      { value: '39532', ...INFERRED },
      { value: '37433', periodMs: year(2021) },
      { value: '5.6', measure: 'yoy' },
    ];
    expect(of2022(income, parts)('yoy')).toEqual({ text: '+5.6%', basis: 'published', flags: [] });
  });
});

describe('what stands on figures that nobody checked', () => {
  const recalled = { flags: ['recalled'] };
  const levels: KnownPart[] = [
    { value: '1463.7', ...recalled },
    { value: '1234.7', periodMs: year(2021) },
  ];

  it('says so, published or computed', () => {
    // 1463.7 / 1234.7 − 1 = 18.547 %
    expect(of2022(income, levels)('yoy')).toEqual({
      text: '+18.5%',
      basis: 'computed',
      flags: ['凭记忆录入,未核到出处'],
    });
    const published: KnownPart = { value: '18.4', measure: 'yoy', ...recalled };
    const sourced = levels.map((part) => ({ ...part, flags: [] }));
    expect(of2022(income, [...sourced, published])('yoy')?.flags).toEqual(['凭记忆录入,未核到出处']);
  });

  it('says nothing of levels that a published growth does not stand on', () => {
    expect(of2022(income, [...levels, { value: '18.4', measure: 'yoy' }])('yoy')).toEqual({
      text: '+18.4%',
      basis: 'published',
      flags: [],
    });
  });
});

/** Flags of one working of a cell, by its key. */
function flagsOf(
  definition: Parameters<typeof cellFacts>[0],
  cell: Parameters<typeof cellFacts>[1],
  parts: readonly KnownPart[],
  around: Parameters<typeof cellFacts>[4] = {},
) {
  const made = workings(cellFacts(definition, cell, parts, NOW, around));
  return (key: string) => made.find((one) => one.key === key)?.flags.map(({ flag }) => flag);
}

describe('what is made of something that was worked out on the way', () => {
  const at2023 = { freq: 'A', periodMs: year(2023) } as const;
  const at = (y: number, value: string, ...flags: string[]): KnownPart => ({
    periodMs: year(y),
    value,
    flags,
  });
  const growth = (y: number, value: string): KnownPart => ({ periodMs: year(y), value, measure: 'yoy' });

  it('is 待核 where a growth between was computed from a level that nobody checked', () => {
    // Power sent out of Shanxi: +7.7 % in 2023 as published, 1463.7 / 1234.7 − 1 = +18.5 % before; the 1463.7 was recalled.
    const parts = [at(2023, '1576'), at(2022, '1463.7', 'recalled'), at(2021, '1234.7'), growth(2023, '7.7')];
    expect(flagsOf(income, at2023, parts)('accel_pp')).toEqual(['recalled']);
    const nation = { ...growth(2023, '5.0'), region: 100000 };
    const computed = [at(2023, '1576'), at(2022, '1463.7', 'recalled'), nation];
    expect(flagsOf(income, at2023, computed)('above_nation_pp')).toEqual(['recalled']);
  });

  it('says 演示数据 and 不完整 of a day-adjusted growth, whose operands are means', () => {
    const month = (y: number) => periodOf('M', { year: y, month: 2 });
    const cell = { freq: 'M', periodMs: month(2024) } as const;
    const parts: KnownPart[] = [
      { value: '290', flags: ['demo'] },
      { value: '280', periodMs: month(2023), flags: ['demo'] },
    ];
    const made = workings(cellFacts(sample.reported(), cell, parts, NOW));
    expect(made.find(({ key }) => key === 'day_adjusted_yoy')).toMatchObject({ text: '0.0%', demo: true });
  });

  it('is 待核 in 当月环比 and 累计同比 too', () => {
    const month = (m: number, y = 2023) => periodOf('M', { year: y, month: m });
    const amount = sample.reported({ period_rule: 'MC12' });
    // 当月: 40 of April to 60 − 20, 20 of March.
    const ytd: KnownPart[] = [
      { value: '60', periodMs: month(4) },
      { value: '20', periodMs: month(3), flags: ['recalled'] },
      { value: '5', periodMs: month(2) },
    ];
    const april = { freq: 'M', basis: 'ytd', periodMs: month(4) } as const;
    expect(flagsOf(amount, april, ytd)('single_mom')).toEqual(['deduced', 'recalled']);
    const months: KnownPart[] = [
      { value: '30' },
      { value: '20', periodMs: month(1) },
      { value: '25', periodMs: month(2, 2022), flags: ['recalled'] },
      { value: '15', periodMs: month(1, 2022) },
    ];
    // 50 against 40.
    const february = { freq: 'M', periodMs: month(2) } as const;
    expect(flagsOf(amount, february, months)('ytd_yoy')).toEqual(['recalled']);
  });

  it('says that one of the growths sets a census beside an estimate, or is nominal', () => {
    const census = { ...at(2021, '530.41'), status: 'census' } as const;
    const estimates = [at(2022, '539.1'), at(2023, '543.5')].map(
      (o) => ({ ...o, status: 'estimate' }) as const,
    );
    expect(flagsOf(income, at2023, [census, ...estimates])('accel_pp')).toEqual(['counted_otherwise']);
    const comparable = sample.reported({ yoy: 'value_ratio_comparable', freq: 'A', period_rule: 'Y' });
    const levels = [at(2021, '37433'), at(2022, '39532'), at(2023, '41327'), growth(2023, '4.5')];
    expect(flagsOf(comparable, at2023, levels)('accel_pp')).toEqual(['nominal_unadjusted']);
  });

  it('is as unsure in 进度差 as in the completion that it subtracts from', () => {
    const june = { freq: 'M', periodMs: periodOf('M', { year: 2020, month: 6 }), basis: 'ytd' } as const;
    const jobs = sample.reported({ period_rule: 'MC12' });
    // 22.4 of 46 is 48.7 %; the 46 follows from that 48.7 % alone. Half the year is 50 %.
    const target: KnownPart = {
      value: '46',
      freq: 'A',
      basis: 'period',
      measure: 'target',
      periodMs: year(2020),
      flags: ['inferred'],
    };
    const flags = flagsOf(jobs, june, [{ value: '22.4' }, target]);
    expect(flags('completion')).toEqual(['inferred']);
    expect(flags('pace_gap')).toEqual(['inferred']);
  });

  it('is 近似 in what is made of an approximation', () => {
    const pull = sample.derived({ freq: 'A', period_rule: 'Y', unit: '百分点', approximate: true });
    const parts = [at(2022, '3.08'), at(2023, '2.75', 'approximate')];
    const made = workings(cellFacts(pull, at2023, parts, NOW));
    // 2.75 − 3.08.
    expect(made.find(({ key }) => key === 'yoy')).toMatchObject({
      value: '-0.33',
      basis: 'approximate',
      flags: [{ flag: 'approximate', words: '近似' }],
    });
  });

  it('is 待核 in 拉动 and 贡献率 where the share of last year is', () => {
    const of = (metric: string, y: number, value: string, measure: 'level' | 'yoy', ...flags: string[]) =>
      ({ metric, periodMs: year(y), value, measure, flags }) as KnownPart;
    const industry = sample.reported({ code: 'va_secondary', freq: 'A', period_rule: 'Y', yoy: 'published' });
    // 1000 of 2500 is 40 %, and 40 % × 5 % = 2 percentage points.
    const parts = [
      of('va_secondary', 2022, '1000', 'level', 'recalled'),
      of('va_secondary', 2023, '1100', 'level'),
      of('va_secondary', 2023, '5.0', 'yoy'),
      of('gdp', 2022, '2500', 'level'),
      of('gdp', 2023, '2600', 'level'),
      of('gdp', 2023, '4.0', 'yoy'),
    ];
    const flags = flagsOf(industry, at2023, parts);
    expect(flags('pull')).toEqual(['approximate', 'recalled']);
    expect(flags('contribution_rate')).toEqual(['approximate', 'recalled']);
  });

  it('is 待核 in 实际增速 where the nominal growth is', () => {
    const urban = sample.reported({ code: 'income_urban', freq: 'A', period_rule: 'Y' });
    const parts = [
      at(2022, '39532', 'recalled'),
      at(2023, '41327'),
      { ...at(2023, '99.9'), metric: 'cpi_ytd' },
    ];
    expect(flagsOf(urban, at2023, parts)('real_growth')).toEqual(['recalled']);
  });

  it('is in 位次 what the worst known of the figures compared is', () => {
    const cell = { freq: 'A', periodMs: year(2023), region: 140100 } as const;
    const better = sample.reported({ direction: 'higher_better', freq: 'A', period_rule: 'Y' });
    const of = (region: number, y: number, value: string, ...flags: string[]): KnownPart => ({
      ...at(y, value, ...flags),
      region,
    });
    const around = { parent: 140000, siblings: [140100, 140200] };
    const parts = [of(140100, 2023, '30'), of(140200, 2023, '40', 'confidence_low', 'demo')];
    const now = workings(cellFacts(better, cell, parts, NOW, around));
    expect(now.find(({ key }) => key === 'rank')).toMatchObject({
      text: '第 2 位(2 个地区)',
      flags: [{ flag: 'confidence_low' }],
      demo: true,
    });
    const before = [of(140100, 2022, '50', 'recalled'), of(140200, 2022, '45')];
    const both = workings(cellFacts(better, cell, [...parts, ...before], NOW, around));
    // First in 2022, second in 2023.
    expect(both.find(({ key }) => key === 'rank_change')).toMatchObject({
      text: '后退 1 位',
      flags: [{ flag: 'recalled' }, { flag: 'confidence_low' }],
      demo: true,
    });
  });
});

it('what is made of a rate of nearly all counties says so, whichever side it stands on (calculus.md §13)', () => {
  const rate = sample.aggregated({
    ...{ unit: '%', accumulation: 'rate', yoy: 'pp_diff', mom: 'pp_diff', freq: 'A', period_rule: 'Y' },
    ...{ additive_over_regions: false, rollup: 'ratio_of_sums', denominator: { agg: 'count' } },
    ...{ measure: undefined, numerator: { agg: 'count', where: 'dispatched = 1' }, factor: 100 },
  });
  const nearly = { flags: ['nearly_whole'] };
  const mark = { text: '+2.0 个百分点', basis: 'computed', flags: ['个别县缺数但覆盖≥95%'] };
  // 97 − 95.
  const now = [
    { value: '97', ...nearly },
    { value: '95', periodMs: year(2021) },
  ];
  expect(of2022(rate, now)('yoy')).toEqual(mark);
  const then = [{ value: '97' }, { value: '95', periodMs: year(2021), ...nearly }];
  expect(of2022(rate, then)('yoy')).toEqual(mark);
});
