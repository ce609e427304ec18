import { describe, expect, it } from 'vitest';
import type { ThresholdSet } from '@/metrics/model/definition-threshold';
import { instantOf } from '@/metrics/time/zone';
import { type Readings, thresholdLamp } from './threshold-lamp';

const AT = instantOf(2026, 3, 5);
const lamp = (sets: ThresholdSet[], readings: Omit<Readings, 'atMs'>, atMs = AT) =>
  thresholdLamp(sets, { ...readings, atMs }).lamp;

describe('thresholdLamp', () => {
  const value: ThresholdSet = {
    source: 'default',
    measure: 'value',
    rules: [
      { type: 'compare', colour: 'yellow', op: 'lt', limit: 95 },
      { type: 'compare', colour: 'red', op: 'lt', limit: 90 },
    ],
  };
  const yoy: ThresholdSet = {
    source: 'default',
    measure: 'yoy',
    rules: [{ type: 'compare', colour: 'orange', op: 'gt', limit: 10 }],
  };

  it('takes the worst of several measures, each at its display precision (T60)', () => {
    const read = (v: number | null, growth: number | null) => ({
      measures: { value: { value: v, precision: 1 }, yoy: { value: growth, precision: 1 } },
    });
    expect(lamp([value, yoy], read(94.96, 10.04))).toBe('none');
    expect(lamp([value, yoy], read(94.94, 10.06))).toBe('orange');
    expect(lamp([value, yoy], read(80, 10.06))).toBe('red');
    expect(lamp([value, yoy], read(94.94, null))).toBe('yellow');
    expect(lamp([value, yoy], read(null, null))).toBeNull();
    expect(lamp([value], { measures: {} })).toBeNull();
  });

  it('names the rules that fired', () => {
    const verdict = thresholdLamp([value], { measures: { value: { value: 80, precision: 1 } }, atMs: AT });
    expect(verdict.fired).toHaveLength(2);
    expect(verdict.fired[0]?.measure).toBe('value');
  });

  it('maps classes and levels by their words', () => {
    const ears: ThresholdSet = {
      source: 'default',
      measure: 'ears',
      rules: [
        { type: 'equals', colour: 'yellow', equals: ['C1'] },
        { type: 'equals', colour: 'red', equals: ['C3'] },
      ],
    };
    expect(lamp([ears], { measures: { ears: { symbols: ['C1', 'C3'] } } })).toBe('red');
    expect(lamp([ears], { measures: { ears: { symbols: [] } } })).toBe('none');
    expect(lamp([ears], { measures: { ears: { value: 3, precision: 0 } } })).toBeNull();
  });

  it('applies a standard only while it is in force, and its limits light nothing', () => {
    const rules: ThresholdSet['rules'] = [
      { type: 'range', colour: 'blue', from: 51, to: 100 },
      { type: 'limit', statistic: 'annual_mean', limit: 30 },
    ];
    const set: ThresholdSet = { source: 'standard', measure: 'value', valid_from: '2026-03-01', rules };
    const readings = { measures: { value: { value: 100, precision: 0 } } } as const;
    expect(lamp([set], readings)).toBe('blue');
    expect(lamp([set], readings, instantOf(2026, 3, 1) - 1)).toBeNull();
    expect(lamp([{ ...set, valid_to: '2026-03-05' }], readings)).toBeNull();
    expect(lamp([set], { measures: { value: { value: 101, precision: 0 } } })).toBe('none');
  });

  it('says which word of a standard holds, without lighting a lamp for it', () => {
    const grades: ThresholdSet = {
      source: 'standard',
      measure: 'value',
      rules: [
        { type: 'range', label: '优', from: 0, to: 50 },
        { type: 'range', label: '良', from: 51, to: 100 },
      ],
    };
    const verdict = thresholdLamp([grades], { measures: { value: { value: 60, precision: 0 } }, atMs: AT });
    expect(verdict.lamp).toBeNull();
    expect(verdict.fired.map(({ rule }) => 'label' in rule && rule.label)).toEqual(['良']);
  });

  it('counts sustained pollution in days without a gap', () => {
    const set: ThresholdSet = {
      source: 'standard',
      measure: 'value',
      rules: [
        {
          type: 'sustained',
          colour: 'yellow',
          any_of: [
            { all_of: [{ statistic: 'daily_aqi', op: 'gt', limit: 200 }] },
            { all_of: [{ statistic: 'daily_aqi', op: 'gt', limit: 150, hours: 48 }] },
          ],
        },
        {
          type: 'sustained',
          colour: 'red',
          any_of: [
            {
              all_of: [
                { statistic: 'daily_aqi', op: 'gt', limit: 200, hours: 72 },
                { statistic: 'daily_aqi', op: 'gt', limit: 300, hours: 24 },
              ],
            },
          ],
        },
      ],
    };
    const days = (dailyAqi: (number | null)[]) => lamp([set], { measures: {}, dailyAqi });
    expect(days([201])).toBe('yellow');
    expect(days([100, 160])).toBe('none');
    expect(days([160, 160])).toBe('yellow');
    expect(days([210, 220, 310])).toBe('red');
    expect(days([210, null, 310])).toBe('yellow');
    expect(days([210, 220, null])).toBeNull();
  });
});
