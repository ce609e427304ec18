import { describe, expect, it } from 'vitest';
import type { ThresholdSet } from '@/metrics/model/definition-threshold';
import { type JudgedPeriod, lampHistory } from './lamp-history';
import { lampFreqs, lampSets } from './lamp-sets';
import { firedText } from './lamp-words';

const value: ThresholdSet = {
  source: 'default',
  measure: 'value',
  rules: [
    { type: 'compare', colour: 'yellow', op: 'lt', limit: 95 },
    { type: 'compare', colour: 'red', op: 'lt', limit: 80 },
  ],
};
const periods = (...values: (number | null)[]): JudgedPeriod[] =>
  values.map((v, index) => ({
    periodMs: index + 1,
    readings: { measures: { value: { value: v, precision: 1 } }, atMs: index + 1 },
  }));

describe('lampHistory', () => {
  it('rises at once and says since when', () => {
    expect(lampHistory([value], periods(97, 94, 79, 78), 2)).toMatchObject({
      lamp: 'red',
      sinceMs: 3,
      sinceFirst: false,
      judgedMs: 4,
      milder: 0,
    });
  });

  it('holds a colour until enough milder periods have passed, and names the period that lit it', () => {
    expect(lampHistory([value], periods(97, 79, 97), 2)).toMatchObject({
      lamp: 'red',
      sinceMs: 2,
      judgedMs: 3,
      milder: 1,
      cause: { periodMs: 2 },
    });
    // Down to the worse of the two milder verdicts, yellow, since the period that brought it down.
    expect(lampHistory([value], periods(97, 79, 90, 97), 2)).toMatchObject({
      lamp: 'yellow',
      sinceMs: 4,
      cause: { periodMs: 3 },
    });
  });

  it('is not moved by a missing period, and says nothing when nothing can be judged', () => {
    expect(lampHistory([value], periods(79, null), 2)).toMatchObject({ lamp: 'red', judgedMs: 1 });
    expect(lampHistory([value], periods(79, 97, null, 97), 2)).toMatchObject({ lamp: 'none' });
    expect(lampHistory([value], periods(null), 2)).toBeNull();
    expect(lampHistory([value], [], 2)).toBeNull();
  });

  it('is not held over more than a year without data: what follows starts anew', () => {
    const [red, clear] = periods(79, 97);
    const daysLater = (days: number) => ({ ...(clear as JudgedPeriod), periodMs: 1 + days * 86_400_000 });
    expect(lampHistory([value], [red as JudgedPeriod, daysLater(366)], 2)).toMatchObject({
      lamp: 'red',
      milder: 1,
      judgedSince: 1,
    });
    expect(lampHistory([value], [red as JudgedPeriod, daysLater(367)], 2)).toMatchObject({
      lamp: 'none',
      milder: 0,
      sinceMs: daysLater(367).periodMs,
      sinceFirst: true,
    });
  });

  it('admits that a colour which the first period has may be older', () => {
    expect(lampHistory([value], periods(94, 93), 2)).toMatchObject({ sinceMs: 1, sinceFirst: true });
  });

  it('lights no red over a small base (calculus.md §14)', () => {
    const growth: ThresholdSet = {
      source: 'default',
      measure: 'yoy',
      rules: [
        { type: 'compare', colour: 'orange', op: 'gt', limit: 10 },
        { type: 'compare', colour: 'red', op: 'gt', limit: 30 },
      ],
    };
    const read = (smallBase: boolean): JudgedPeriod[] => [
      { periodMs: 1, readings: { measures: { yoy: { value: 400, precision: 1, smallBase } }, atMs: 1 } },
    ];
    expect(lampHistory([growth], read(true), 2)?.lamp).toBe('orange');
    expect(lampHistory([growth], read(false), 2)?.lamp).toBe('red');
  });
});

describe('what can light a lamp', () => {
  it('leaves out limits and words without a colour', () => {
    const limit: ThresholdSet = {
      source: 'standard',
      measure: 'value',
      rules: [{ type: 'limit', statistic: 'annual_mean', limit: 30 }],
    };
    expect(lampSets({ thresholds: { text: 't', sets: [limit, value] } })).toEqual([value]);
    expect(lampSets({})).toEqual([]);
  });

  it('knows which series a measure is judged on', () => {
    const month: ThresholdSet = { ...value, measure: 'month_value' };
    const days: ThresholdSet = {
      source: 'standard',
      measure: 'value',
      rules: [
        {
          type: 'sustained',
          colour: 'red',
          any_of: [{ all_of: [{ statistic: 'daily_aqi', op: 'gt', limit: 200, hours: 48 }] }],
        },
      ],
    };
    expect(lampFreqs({ thresholds: { text: 't', sets: [value, month, days] } })).toEqual(['M', 'D']);
  });
});

describe('firedText', () => {
  it('says value, unit and limit of the worst rule, with a true minus', () => {
    const readings = {
      measures: { completion_vs_time_pp: { value: '-5.3', precision: 1 } },
      atMs: 1,
    } as const;
    const fired = (['blue', 'yellow'] as const).map((colour, index) => ({
      measure: 'completion_vs_time_pp' as const,
      rule: { type: 'compare' as const, colour, op: 'lt' as const, limit: index * -5 },
    }));
    expect(firedText(fired, readings, '万人')).toBe('完成率较进度 −5.3 个百分点,低于 −5');
    expect(firedText([], readings, '万人')).toBe('未触发任何阈值');
  });

  it('takes the unit of the metric for its own value', () => {
    const fired = [
      { measure: 'value' as const, rule: value.rules[0] as NonNullable<(typeof value.rules)[0]> },
    ];
    const readings = { measures: { value: { value: '94.94', precision: 1 } }, atMs: 1 };
    expect(firedText(fired, readings, '%')).toBe('数值 94.9%,低于 95');
    expect(firedText(fired, readings, '件')).toBe('数值 94.9 件,低于 95');
  });
});
