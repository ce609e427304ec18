import { describe, expect, it } from 'vitest';
import { cellFacts, type KnownPart } from '@/metrics/testing/cell-facts';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import { workings } from './list';
import { planReads, relatedMetrics } from './plan';

const NOW = Date.parse('2023-02-20T00:00:00+08:00');
const YEAR = periodOf('A', { year: 2022 });
const good = sample.reported({
  code: 'water_good_rate',
  unit: '%',
  precision: 1,
  domain: 'environment',
  rounding: 'half_even',
  freq: 'M',
  accumulation: 'rate',
  additive_over_regions: false,
  rollup: 'ratio_of_sums',
  yoy: 'pp_diff',
  mom: 'pp_diff',
});

interface Share extends KnownPart {
  numerator?: string;
  denominator?: string;
}

function judged(share: Share, worst?: string, region = 140000) {
  const parts = [
    share,
    ...(worst === undefined ? [] : [{ metric: 'water_bad5_rate', value: worst, region }]),
  ];
  const facts = cellFacts(good, { freq: 'A', periodMs: YEAR, region }, parts, NOW);
  return workings(facts).find(({ key }) => key === 'water_quality');
}

describe('水质定性 (calculus.md §20)', () => {
  it('of 81 of 93 sections is 良好 (T49), without asking for the worst ones', () => {
    const share = { value: '87.0967741935', numerator: '81', denominator: '93' };
    expect(judged(share)).toMatchObject({
      text: '良好',
      value: '87.1',
      operands: [
        { name: 'sections', value: '93' },
        { name: 'good', value: '87.1' },
        { name: 'worst', value: null },
      ],
    });
  });

  it('goes by what is shown: 89.96 % reads 90.0 and is 优', () => {
    expect(judged({ value: '89.96' })).toMatchObject({ text: '优' });
    expect(judged({ value: '89.94' })).toMatchObject({ text: '良好' });
  });

  it.each([
    ['19.9', '轻度污染'],
    ['20', '中度污染'],
    ['39.9', '中度污染'],
    ['40', '重度污染'],
  ])('below 75 %% with %s %% worse than Ⅴ is %s', (worst, words) => {
    expect(judged({ value: '74.9' }, worst)).toMatchObject({ text: words });
  });

  it('says what it lacks: the worst ones, or five sections', () => {
    expect(judged({ value: '74.9' })).toMatchObject({ value: null, reason: '缺劣Ⅴ类断面比例' });
    expect(judged({ value: '75', numerator: '3', denominator: '4' })).toMatchObject({
      value: null,
      reason: '参评断面不足 5 个,逐断面评价',
    });
    // A city may have fewer than five: without their number nothing is said of it.
    expect(judged({ value: '95' }, '0', 140300)).toMatchObject({ value: null, reason: '参评断面数不详' });
  });

  it('is said of no other metric, and reads the worst ones of the same place and time', () => {
    const cell = {
      ...{
        metric: 'water_good_rate',
        freq: 'M' as const,
        region: 140100,
        slice: 'basin=汾河',
        basis: 'period',
      },
      measure: 'level' as const,
      periodMs: periodOf('M', { year: 2026, month: 3 }),
    };
    const around = { parent: null, parentVisible: false, siblings: [], hiddenSiblings: 0, children: [] };
    expect(relatedMetrics('water_good_rate')).toContain('water_bad5_rate');
    const reads = planReads(good, cell, around).filter(({ metrics }) => metrics.includes('water_bad5_rate'));
    expect(reads).toMatchObject([
      { regions: [140100], freq: ['M'], slices: ['basin=汾河'], fromMs: cell.periodMs },
    ]);
    const other = cellFacts(
      sample.reported({ code: 'x' }),
      { freq: 'M', periodMs: cell.periodMs },
      [{ value: '1' }],
      NOW,
    );
    expect(workings(other).map(({ key }) => key)).not.toContain('water_quality');
  });
});
