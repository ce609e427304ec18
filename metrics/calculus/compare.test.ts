import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundTo } from '@/metrics/format/rounding';
import { incomparabilities } from './comparable';
import { approximatePulls, contributionRate, pull, pullFromContribution } from './contribution';
import { cumulativeDrop, energyIntensityDrop } from './energy';
import { ceilingTarget, gapPp, historicalPace, progress, reductionCompletion } from './progress';
import { rank, rankChange } from './rank';
import { share } from './share';

const entries = (values: Record<string, number | string | null>) =>
  Object.entries(values).map(([key, value]) => ({ key, value }));

describe('rank', () => {
  const T20 = { A: '4.10', B: '3.55', C: '4.10', D: '4.62', E: null };

  it('gives no place to an incomplete value, and takes none from the others for it (§10, §13)', () => {
    const entries = [
      { key: 'a', value: '9', incomplete: true },
      { key: 'b', value: '7' },
      { key: 'c', value: null },
      { key: 'd', value: '8' },
    ];
    const ranked = rank({ entries, direction: 'higher_better', precision: 0 });
    expect(ranked.map(({ key, rank: r, lastRank }) => [key, r, lastRank])).toEqual([
      ['d', 1, 2],
      ['b', 2, 1],
      ['a', null, null],
      ['c', null, null],
    ]);
  });

  it('is a competition rank from both ends (T20)', () => {
    const ranked = rank({ entries: entries(T20), direction: 'lower_better' });
    expect(ranked.map(({ key, rank: r, lastRank }) => [key, r, lastRank])).toEqual([
      ['B', 1, 4],
      ['A', 2, 2],
      ['C', 2, 2],
      ['D', 4, 1],
      ['E', null, null],
    ]);
  });

  it('rounds to the published precision first: equal figures share a rank', () => {
    const values = entries({ a: '94.96', b: '95.04', c: '94.94' });
    const ranked = rank({ entries: values, direction: 'higher_better', precision: 1 });
    expect(ranked.map(({ key, rank: r }) => [key, r])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 3],
    ]);
  });

  it('ranks a band by distance and leaves neutral metrics unranked', () => {
    const values = entries({ inside: 600, above: 950, below: 300 });
    const band = rank({ entries: values, direction: 'band', band: { low: 500, high: 900 } });
    expect(band.map(({ key }) => key)).toEqual(['inside', 'above', 'below']);
    const neutral = rank({ entries: values, direction: 'neutral' });
    expect(neutral.map(({ key, rank: r }) => [key, r])).toEqual([
      ['above', null],
      ['inside', null],
      ['below', null],
    ]);
    expect(rank({ entries: values, direction: 'band' }).every(({ rank: r }) => r === null)).toBe(true);
  });

  it('gives a change only between equal sets of members', () => {
    const before = rank({ entries: entries({ a: 1, b: 2, c: 3 }), direction: 'higher_better' });
    const now = rank({ entries: entries({ a: 9, b: 2, c: 3 }), direction: 'higher_better' });
    expect([...rankChange(before, now)]).toEqual([
      ['a', 2],
      ['c', -1],
      ['b', -1],
    ]);
    const fewer = rank({ entries: entries({ a: 9, b: 2, c: null }), direction: 'higher_better' });
    expect([...rankChange(before, fewer).values()]).toEqual([null, null, null]);
  });

  it('does not depend on the order of the members', () => {
    const values = fc.array(fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }), { maxLength: 15 });
    fc.assert(
      fc.property(values, fc.func(fc.nat()), (list, shuffleKey) => {
        const input = list.map((value, key) => ({ key, value }));
        const shuffled = [...input].sort((a, b) => shuffleKey(a.key) - shuffleKey(b.key));
        const byKey = (order: typeof input) =>
          new Map(
            rank({ entries: order, direction: 'higher_better' }).map((r) => [r.key, [r.rank, r.lastRank]]),
          );
        expect(new Map([...byKey(shuffled)].sort(([a], [b]) => a - b))).toEqual(
          new Map([...byKey(input)].sort(([a], [b]) => a - b)),
        );
      }),
    );
  });
});

describe('targets', () => {
  it('compares completion with the passage of time (T21)', () => {
    const { completion, pace, gap } = progress({ ytd: '22.4', target: 46, elapsed: 6 });
    expect([completion, pace, gap].map((r) => roundTo(r.value, 1)?.toFixed(1))).toEqual([
      '48.7',
      '50.0',
      '-1.3',
    ]);
    expect(progress({ ytd: 60, target: 50, elapsed: 6 }).completion.value).toBe('120');
    expect(progress({ ytd: 60, target: 0, elapsed: 6 }).gap.value).toBeNull();
  });

  it('can use the historical pace of former years', () => {
    // Shares 40, 30 and 20 % by then: 30 % on average.
    const pace = historicalPace([
      { ytd: 40, annual: 100 },
      { ytd: 60, annual: 200 },
      { ytd: 10, annual: 50 },
    ]);
    expect(pace.value).toBe('30');
    expect(progress({ ytd: 35, target: 100, elapsed: 6, pacePercent: pace.value }).gap.value).toBe('5');
    expect(historicalPace([{ ytd: 40, annual: null }]).value).toBeNull();
  });

  it('measures reductions from their base year (T22)', () => {
    expect(reductionCompletion({ base: 46, target: 36, current: 37 }).value).toBe('90');
    expect(reductionCompletion({ base: 46, target: 36, current: 48 }).value).toBe('-20');
    expect(reductionCompletion({ base: 46, target: 46, current: 40 }).flags).toEqual(['div0']);
    expect(reductionCompletion({ base: null, target: 46, current: 40 }).value).toBeNull();
  });

  it('judges growth targets by the gap and ceilings by being met', () => {
    expect(gapPp('4.6', 5).value).toBe('-0.4');
    expect(ceilingTarget(36, 36).met).toBe(true);
    expect(ceilingTarget(37, 36)).toMatchObject({ met: false, excess: { value: '1' } });
    expect(ceilingTarget(null, 36).met).toBeNull();
  });
});

describe('拉动 and 贡献率', () => {
  it('approximates pulls and lists the residual (T23)', () => {
    const { pulls, sum, residual } = approximatePulls(
      [
        { name: '一产', previousShare: '5.6966', growth: '5.1' },
        { name: '二产', previousShare: '49.6372', growth: '6.2' },
        { name: '三产', previousShare: '44.6662', growth: '2.7' },
      ],
      '4.4',
    );
    expect(pulls.map(({ pull: p }) => roundTo(p.value, 2)?.toFixed(2))).toEqual(['0.29', '3.08', '1.21']);
    expect(pulls[0]?.pull.flags).toEqual(['approximate']);
    expect(roundTo(sum.value, 2)?.toFixed(2)).toBe('4.57');
    expect(roundTo(residual.value, 2)?.toFixed(2)).toBe('0.17');
    const broken = approximatePulls([{ name: '一产', previousShare: null, growth: 1 }], 4);
    expect([broken.sum.value, broken.residual.value]).toEqual([null, null]);
  });

  it('comes from published contribution rates (T24) or constant-price increments', () => {
    expect(
      ['-1.6', '8.0', '93.6'].map((c) => roundTo(pullFromContribution('4.6', c).value, 1)?.toFixed(1)),
    ).toEqual(['-0.1', '0.4', '4.3']);
    expect(roundTo(pullFromContribution('6.8', '63.4').value, 2)?.toFixed(2)).toBe('4.31');
    expect(pull(50, 1000).value).toBe('5');
    expect(pull(50, 0).flags).toEqual(['div0']);
  });

  it('shows no contribution rate for tiny or falling totals', () => {
    expect(contributionRate(2, 5).value).toBe('40');
    expect(contributionRate('0.2', '0.4').flags).toEqual(['growth_too_small']);
    expect(contributionRate(-1, -2).flags).toEqual(['growth_negative']);
    expect(contributionRate(null, 2).value).toBeNull();
  });
});

describe('shares and intensity', () => {
  it('divides like by like (T19)', () => {
    expect(roundTo(share('10461.34', '25642.59').value, 1)?.toFixed(1)).toBe('40.8');
    expect(share(1, 0)).toMatchObject({ value: null, flags: ['div0'] });
    expect(share(null, 5)).toMatchObject({ value: null, flags: ['operand_missing'] });
  });

  it('computes energy intensity (T50) and compounds it (T51)', () => {
    expect(roundTo(energyIntensityDrop(3, 5).value, 4)?.toFixed(4)).toBe('1.9048');
    expect(roundTo(energyIntensityDrop(6, 5).value, 4)?.toFixed(4)).toBe('-0.9524');
    expect(energyIntensityDrop(6, -100).flags).toEqual(['div0']);
    expect(roundTo(cumulativeDrop(['3.0', '2.5', '3.2']).value, 2)?.toFixed(2)).toBe('8.45');
    expect(cumulativeDrop([]).value).toBeNull();
  });
});

describe('incomparabilities', () => {
  const cell = {
    metric: 'pm25',
    freq: 'M',
    region: 140000,
    slice: '',
    basis: 'std2026',
    measure: 'level',
    periodMs: 0,
  } as const;
  it('refuses different bases and definitions, not different periods', () => {
    expect(incomparabilities(cell, { ...cell, periodMs: 1 })).toEqual([]);
    expect(incomparabilities(cell, { ...cell, basis: 'std2012', region: 140100 })).toEqual([
      'region',
      'basis',
    ]);
    expect(incomparabilities({ ...cell, definitionVersion: 1 }, { ...cell, definitionVersion: 2 })).toEqual([
      'definitionVersion',
    ]);
  });
});
