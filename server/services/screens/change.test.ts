import { describe, expect, it } from 'vitest';
import type { Observation } from '@/metrics/model/cell';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import { yoyOf } from '@/server/services/screens/change';

const NOW = Date.parse('2026-11-24T12:00:00+08:00');
const month = (year: number, n: number) => periodOf('M', { year, month: n });
const ytd = (year: number, n: number, value: string, more: Partial<Observation> = {}): Observation => ({
  ...{ metric: 'sample', freq: 'M', region: 140000, slice: '', basis: 'ytd', measure: 'level' },
  ...{ periodMs: month(year, n), vintageMs: NOW - 1000, value, numerator: null, denominator: null },
  ...{
    sampleCount: 1,
    status: 'final',
    flags: [],
    source: 'hotline_ticket',
    runId: '',
    definitionVersion: 1,
  },
  ...more,
});
const change = (current: Observation, others: readonly Observation[]) =>
  yoyOf({
    ...{ definition: sample.aggregated(), standard: null, current, asOfMs: NOW },
    observations: [current, ...others],
  });

describe('同比 of 累计', () => {
  it('is none while its last month runs: 24 days of November against the whole of it', () => {
    const running = change(ytd(2026, 11, '1080'), [ytd(2025, 11, '1100')]);
    expect(running).toMatchObject({ value: null, rule: '本期未结束,不与整期比较' });
    // 1050 / 1000 − 1
    expect(change(ytd(2026, 10, '1050'), [ytd(2025, 10, '1000')]).text).toBe('+5.0%');
  });

  it('as published stands', () => {
    const published = ytd(2026, 11, '3.1', { measure: 'yoy', source: '省统计局' });
    expect(change(ytd(2026, 11, '1080'), [ytd(2025, 11, '1100'), published])).toMatchObject({
      text: '+3.1%',
      basis: 'published',
    });
  });
});

describe('a change of figures that nobody checked, or that do not match', () => {
  it('is 待核 whichever side it stands on, and says of what year the base is', () => {
    const now = ytd(2026, 10, '1050', { status: 'prelim' });
    const base = ytd(2025, 10, '1000', { flags: ['recalled'] });
    expect(change(now, [base])).toMatchObject({
      text: '+5.0%',
      unverified: '凭记忆录入,未核到出处',
      // calculus.md §16: prelim against final is computed as it is, and said so.
      rule: '按水平值计算(基期为最终核实数或普查数)',
    });
    expect(change(ytd(2026, 10, '1050'), [ytd(2025, 10, '1000')])).not.toHaveProperty('unverified');
  });

  it('is not where the publisher said it himself', () => {
    const published = ytd(2026, 10, '5.1', { measure: 'yoy', vintageMs: NOW });
    const base = ytd(2025, 10, '1000', { flags: ['recalled'] });
    expect(change(ytd(2026, 10, '1050'), [base, published])).not.toHaveProperty('unverified');
  });

  it('says that a census stands beside an estimate of the end of the year', () => {
    const [now, base] = [
      ytd(2026, 10, '1050', { status: 'estimate' }),
      ytd(2025, 10, '1000', { status: 'census' }),
    ];
    expect(change(now, [base]).rule).toBe('按水平值计算(一期为普查时点数,一期为年末推算数)');
  });
});
