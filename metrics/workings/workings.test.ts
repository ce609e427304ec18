import { describe, expect, it } from 'vitest';
import type { CellKey } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { cellFacts, type KnownPart } from '@/metrics/testing/cell-facts';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import type { CellFacts } from './facts';
import { workings } from './list';

const NOW = Date.parse('2025-03-01T00:00:00+08:00');
const year = (y: number) => periodOf('A', { year: y });
const month = (m: number, y = 2024) => periodOf('M', { year: y, month: m });

/** Of the year 2024, unless the cell says otherwise. */
const factsOf = (definition: MetricDefinition, cell: Partial<CellKey>, parts: readonly KnownPart[]) =>
  cellFacts(definition, { freq: 'A', periodMs: year(2024), ...cell }, parts, NOW);
const of = (facts: CellFacts, key: string) => workings(facts).find((working) => working.key === key);

describe('targets', () => {
  it('by historical pace need all three years, and do not fall back on the calendar unsaid', () => {
    const definition = sample.reported({
      progress_basis: 'history',
      period_rule: 'MC12',
      direction: 'higher_better',
    });
    const cell = { freq: 'M', basis: 'ytd', periodMs: month(6) } as const;
    const pair = (y: number, half: string) => [
      { value: half, periodMs: month(6, y) },
      { value: '100', freq: 'A', basis: 'period', periodMs: year(y) } as const,
    ];
    const target = {
      value: '200',
      freq: 'A',
      basis: 'period',
      measure: 'target',
      periodMs: year(2024),
    } as const;
    const known = [{ value: '90' }, target, ...pair(2023, '40'), ...pair(2022, '30')];
    // Shares 40, 30 and 50 %: their mean is 40; 90 / 200 = 45 %.
    const complete = factsOf(definition, cell, [...known, ...pair(2021, '50')]);
    expect(of(complete, 'pace')).toMatchObject({ label: '历史进度', text: '40.0%' });
    expect(of(complete, 'pace_gap')).toMatchObject({ text: '+5.0 个百分点' });
    const lacking = factsOf(definition, cell, known);
    expect(of(lacking, 'pace')).toMatchObject({ value: null, text: '—' });
    expect(of(lacking, 'pace_gap')).toMatchObject({ value: null });
    expect(of(lacking, 'completion')).toMatchObject({ text: '45.0%' });
  });

  it('that must not be exceeded are met or not', () => {
    const definition = sample.reported({
      accumulation: 'rate',
      unit: 'μg/m³',
      additive_over_regions: false,
      rollup: 'mean_of_cities',
      direction: 'lower_better',
    });
    const facts = factsOf(definition, {}, [{ value: '37' }, { value: '36', measure: 'target' }]);
    expect(of(facts, 'target_gap')).toMatchObject({
      label: '与上限之差(未达标)',
      text: '+1 μg/m³',
      tone: 'unfavourable',
    });
  });
});

describe('accumulation', () => {
  it('lets the reported figure stand and flags a sum of months that is far from it', () => {
    const definition = sample.reported({ period_rule: 'MC12' });
    const facts = factsOf(definition, { freq: 'M', periodMs: month(2) }, [
      { value: '10' },
      { value: '10', periodMs: month(1) },
      { value: '21', basis: 'ytd' },
    ]);
    // 20 against 21 is 4.8 % off.
    const total = of(facts, 'ytd');
    expect(total).toMatchObject({ value: '21', basis: 'published' });
    expect(total?.flags.map(({ flag }) => flag)).toEqual(['ytd_mismatch']);
  });

  it('is compared as reported, with the months of the other year where nothing was reported of it (§5)', () => {
    const definition = sample.reported({ period_rule: 'MC12', yoy: 'value_ratio' });
    const months = (y: number, values: readonly string[]): KnownPart[] =>
      values.map((value, i) => ({ value, periodMs: month(i + 1, y) }));
    const parts = [...months(2024, ['100', '90', '110']), ...months(2023, ['100', '100', '200'])];
    const facts = factsOf(definition, { freq: 'M', periodMs: month(3) }, [
      ...parts,
      { value: '310', basis: 'ytd' },
    ]);
    // 310/400 − 1, not 300/400 − 1.
    expect(of(facts, 'ytd_yoy')?.text).toBe('-22.5%'.replace('-', '−'));
  });

  it('computed from detail rows is not called published, a publisher’s figure of the same metric is', () => {
    const definition = sample.aggregated();
    const basisOf = (source: string) =>
      of(
        factsOf(definition, { freq: 'M', periodMs: month(1) }, [
          { value: '4' },
          { value: '4', basis: 'ytd', source },
        ]),
        'ytd',
      )?.basis;
    expect(basisOf('hotline_ticket')).toBe('computed');
    expect(basisOf('省统计局')).toBe('published');
  });

  it('gives no growth of sums when a month was incomplete (calculus.md §15)', () => {
    const facts = factsOf(sample.reported(), { freq: 'M', periodMs: month(1) }, [
      { value: '10', flags: ['partial'] },
      { value: '8', periodMs: month(1, 2023) },
    ]);
    expect(of(facts, 'ytd_yoy')).toMatchObject({ value: null, reason: '不完整' });
    // The month itself is compared, and carries the mark.
    expect(of(facts, 'yoy')?.flags.map(({ flag }) => flag)).toEqual(['partial']);
  });
});

describe('what was deduced', () => {
  const cumulative = sample.reported({ period_rule: 'MC12' });
  const stored = (value: string, flags: string[]) => ({
    value,
    basis: 'period',
    flags,
    source: 'deduced',
  });

  it('and stored is still called 推算, with both cumulative figures and its marks (T12)', () => {
    const facts = factsOf(cumulative, { freq: 'M', basis: 'ytd', periodMs: month(6) }, [
      { value: '515' },
      { value: '520', periodMs: month(5) },
      stored('-5', ['deduced', 'ytd_revised']),
    ]);
    const single = of(facts, 'single_period');
    expect(single).toMatchObject({ label: '当月(推算)', value: '-5', basis: 'deduced' });
    expect(single?.rule.text).toContain('本期累计 − 上期累计');
    expect(single?.flags.map(({ flag }) => flag)).toEqual(['ytd_revised']);
    expect(single?.operands.map(({ value, cell }) => [value, cell?.basis])).toEqual([
      ['515', 'ytd'],
      ['520', 'ytd'],
      ['-5', 'period'],
    ]);
  });

  it('is not taken for a publisher’s figure when a cumulative one was made of the months', () => {
    const facts = factsOf(sample.reported(), { freq: 'M', periodMs: month(2) }, [
      { value: '30' },
      { value: '20', periodMs: month(1) },
      { ...stored('50', ['deduced']), basis: 'ytd' },
    ]);
    expect(of(facts, 'ytd')).toMatchObject({
      value: '50',
      basis: 'deduced',
      rule: { text: '年初至今各月之和,缺一即空' },
    });
  });
});

describe('months after a merged 1-2月', () => {
  const merged = sample.reported({ period_rule: 'MC' });
  const march = { freq: 'M', periodMs: month(3) } as const;
  // T3: 1200 up to February and 630 of March are 1830.
  const known = [
    { value: '630' },
    { value: '1830', basis: 'ytd' },
    { value: '1200', basis: 'ytd', periodMs: month(2) },
  ];

  it('add up to the reported figure over the merged one, and are not held against a sum of nothing', () => {
    const total = of(factsOf(merged, march, known), 'ytd');
    expect(total).toMatchObject({ value: '1830', basis: 'published', flags: [] });
    expect(total?.operands.map(({ value }) => value)).toEqual(['1830', '1830']);
    // Without the merged figure nothing can be added up, so nothing contradicts.
    const alone = of(factsOf(merged, march, known.slice(0, 2)), 'ytd');
    expect(alone?.flags).toEqual([]);
    expect(alone?.operands.map(({ value }) => value)).toEqual(['1830', null]);
    // 1200 + 630 against 1900 is 3.7 % off.
    const off = known.map((part) => (part.value === '1830' ? { ...part, value: '1900' } : part));
    expect(of(factsOf(merged, march, off), 'ytd')?.flags.map(({ flag }) => flag)).toEqual(['ytd_mismatch']);
  });

  it('say that last year lacks, or the ratio to it, never that both are 0 (T30)', () => {
    expect(of(factsOf(merged, march, known), 'ytd_yoy')).toMatchObject({ value: null, reason: '上年同期缺' });
    const base = { value: '1500', basis: 'ytd', periodMs: month(3, 2023) };
    // 1830 / 1500 − 1 = 22 %.
    expect(of(factsOf(merged, march, [...known, base]), 'ytd_yoy')).toMatchObject({ text: '+22.0%' });
  });
});

describe('growth that the catalogue keeps as a metric of its own', () => {
  it('is the published growth, with its cell as operand (T16)', () => {
    const facts = factsOf(sample.reported({ code: 'gdp', yoy: 'published' }), {}, [
      { value: '25494.69' },
      { value: '25698.18', periodMs: year(2023) },
      { value: '2.3', metric: 'gdp_growth' },
    ]);
    const growth = of(facts, 'yoy');
    expect(growth).toMatchObject({ text: '+2.3%', basis: 'published' });
    expect(growth?.operands.find(({ name }) => name === 'published')?.cell).toMatchObject({
      metric: 'gdp_growth',
      measure: 'level',
    });
    // 25494.69 / 25698.18 − 1 = −0.8 %.
    expect(of(facts, 'nominal')).toMatchObject({ text: '−0.8%' });
  });

  it('stands behind growth said of the cell itself, and is none of a single quarter', () => {
    const gdp = sample.reported({ code: 'gdp', yoy: 'published', period_rule: 'QC' });
    const quarter = { freq: 'Q', periodMs: periodOf('Q', { year: 2024, quarter: 3 }) } as const;
    const soFar: KnownPart = { value: '4.5', metric: 'gdp_growth', basis: 'ytd' };
    const growthOf = (basis: string, ...more: KnownPart[]) =>
      of(factsOf(gdp, { ...quarter, basis }, [{ value: '100' }, soFar, ...more]), 'yoy');
    expect(growthOf('ytd')).toMatchObject({ text: '+4.5%' });
    expect(growthOf('ytd', { value: '4.7', measure: 'yoy' })).toMatchObject({ text: '+4.7%' });
    expect(growthOf('period')).toMatchObject({ value: null, reason: '未发布' });
  });

  it('gives 拉动 and 贡献率 (T23)', () => {
    const facts = factsOf(sample.reported({ code: 'va_secondary', yoy: 'published' }), {}, [
      { value: '6000' },
      { value: '4964', periodMs: year(2023) },
      { value: '10000', metric: 'gdp', periodMs: year(2023) },
      { value: '6.2', metric: 'va_secondary_growth' },
      { value: '4.4', metric: 'gdp_growth' },
    ]);
    // 49.64 % × 6.2 % = 3.08 points; 3.07768 / 4.4 = 69.9 %.
    expect(of(facts, 'pull')).toMatchObject({ text: '+3.08 个百分点' });
    expect(of(facts, 'contribution_rate')).toMatchObject({ text: '69.9%' });
  });
});

describe('what is said of a base', () => {
  it('calls a missing period before by its name', () => {
    const facts = factsOf(sample.reported(), { freq: 'M', periodMs: month(5) }, [{ value: '10' }]);
    const missing = (words: string) => [{ flag: 'base_missing', words }];
    expect(of(facts, 'mom')?.flags).toEqual(missing('上期缺'));
    expect(of(facts, 'yoy')?.flags).toEqual(missing('上年同期缺'));
  });

  it.each([
    ['prelim', 'final', true],
    ['flash', 'census', true],
    ['final', 'final', false],
    ['prelim', 'prelim', false],
  ] as const)(
    '%s against %s is marked as one against a final base: %s (calculus.md §16)',
    (now, then, is) => {
      const facts = factsOf(sample.reported({ yoy: 'published' }), {}, [
        { value: '11', status: now },
        { value: '10', status: then, periodMs: year(2023) },
      ]);
      const flags = of(facts, 'nominal')?.flags.map(({ flag }) => flag);
      expect(flags).toEqual(is ? ['nominal_unadjusted', 'base_final'] : ['nominal_unadjusted']);
    },
  );
});

describe('contributions', () => {
  const accounts = (growth: string) => {
    const facts = factsOf(sample.reported({ code: 'va_primary', yoy: 'published' }), {}, [
      { value: '20' },
      { value: '10', periodMs: year(2023) },
      { value: '100', metric: 'gdp', periodMs: year(2023) },
      { value: '5.0', measure: 'yoy' },
      { value: growth, metric: 'gdp', measure: 'yoy' },
    ]);
    return { pull: of(facts, 'pull'), rate: of(facts, 'contribution_rate') };
  };

  it('show the pull alone where the whole hardly grows or falls (calculus.md §12)', () => {
    // 10 % of the year before × 5 % = 0.5 points.
    expect(accounts('2.0')).toMatchObject({ pull: { text: '+0.50 个百分点' }, rate: { text: '25.0%' } });
    expect(accounts('0.4')).toMatchObject({
      pull: { text: '+0.50 个百分点' },
      rate: { value: null, reason: '增速过小,不显示贡献率' },
    });
    expect(accounts('-2.0').rate).toMatchObject({ value: null, reason: '增速为负,不显示贡献率' });
  });
});

describe('words of operands', () => {
  const known: KnownPart[] = [
    { value: '95.1' },
    { value: '95.2', periodMs: month(1) },
    { value: '90', periodMs: month(2, 2023) },
    { value: '90', freq: 'A', basis: 'period', measure: 'target', periodMs: year(2024) },
    { value: '190', basis: 'ytd' },
  ];
  const rules = ['value_ratio', 'pp_diff', 'abs_diff', 'index_minus_100', 'published_sa'] as const;

  it('are Chinese under every rule of 环比, the base of a difference as well', () => {
    for (const mom of rules) {
      const definition = sample.reported({ accumulation: 'rate', additive_over_regions: false, mom });
      const made = workings(factsOf(definition, { freq: 'M', periodMs: month(2) }, known));
      expect(made.map(({ key }) => key)).toContain('mom');
      const english = made
        .flatMap(({ operands }) => operands)
        .filter(({ label }) => !/\p{Script=Han}/u.test(label));
      expect(english, mom).toEqual([]);
    }
  });

  it('name the month before as 上期', () => {
    const definition = sample.derived({ accumulation: 'rate' });
    const facts = factsOf(definition, { freq: 'M', periodMs: month(2) }, known);
    expect(of(facts, 'mom')?.operands.map(({ label, text }) => `${label} ${text}`)).toEqual([
      '本期 95.1%',
      '上期 95.2%',
    ]);
  });
});
