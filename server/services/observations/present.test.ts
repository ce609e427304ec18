import { describe, expect, it } from 'vitest';
import type { Observation } from '@/metrics/model/cell';
import { publicObservation } from '@/server/services/observations/present';

const observation: Observation = {
  metric: 'gdp',
  freq: 'A',
  region: 140000,
  slice: '',
  basis: 'period',
  measure: 'level',
  periodMs: Date.parse('2024-01-01T00:00:00+08:00'),
  vintageMs: 0,
  value: '1',
  numerator: null,
  denominator: null,
  sampleCount: 1,
  status: 'prelim',
  flags: [],
  source: '',
  runId: 'r',
  definitionVersion: 1,
};

describe('an observation for other systems', () => {
  it('says in words that a figure was recalled, and leaves a citation alone', () => {
    const source = (text: string) => publicObservation({ ...observation, source: text }, '亿元').source;
    expect(source('from memory')).toBe('凭记忆录入,未核到出处');
    expect(source('省统计局公报')).toBe('省统计局公报');
  });

  it('dates it in the time of the province: a spreadsheet shows the day on which it was published', () => {
    const vintageMs = Date.parse('2025-03-20T00:00:00+08:00');
    const { vintage, periodStart } = publicObservation({ ...observation, vintageMs }, '亿元');
    expect([vintage, periodStart]).toEqual([
      '2025-03-20T00:00:00.000+08:00',
      '2024-01-01T00:00:00.000+08:00',
    ]);
    expect(Date.parse(vintage)).toBe(vintageMs);
  });

  it('gives a published rate in percent beside a level in the unit of its metric', () => {
    const unitOf = (measure: Observation['measure']) =>
      publicObservation({ ...observation, measure }, '亿元').unit;
    expect(unitOf('level')).toBe('亿元');
    expect(unitOf('target')).toBe('亿元');
    expect(unitOf('yoy')).toBe('%');
    expect(unitOf('mom')).toBe('%');
  });
});
