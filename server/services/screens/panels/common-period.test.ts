import { describe, expect, it } from 'vitest';
import type { Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { commonPeriod } from '@/server/services/screens/panels/common-period';

const definition = { code: 'gdp', period_rule: 'QC' } as MetricDefinition;
const observation = (region: number, year: number): Observation => ({
  metric: 'gdp',
  freq: 'A',
  region,
  slice: '',
  basis: 'period',
  measure: 'level',
  periodMs: Date.parse(`${year}-01-01T00:00:00+08:00`),
  vintageMs: 0,
  value: '1',
  numerator: null,
  denominator: null,
  sampleCount: 1,
  status: 'final',
  flags: [],
  source: '',
  runId: '',
  definitionVersion: 1,
});
const yearOf = (chosen: Map<number, Observation>) =>
  new Date(([...chosen.values()][0]?.periodMs ?? 0) + 8 * 3_600_000).getUTCFullYear();

describe('the period regions are compared in', () => {
  it('is the newest that at least four fifths have reported, so that no ranking mixes years', () => {
    const full = [1, 2, 3, 4, 5].map((region) => observation(region, 2021));
    const fresh = [1, 2, 3].map((region) => observation(region, 2022));
    expect(yearOf(commonPeriod([...full, ...fresh], { metric: 'gdp' }, definition, 5))).toBe(2021);
    const four = commonPeriod([...full, ...fresh, observation(4, 2022)], { metric: 'gdp' }, definition, 5);
    expect([yearOf(four), four.size]).toEqual([2022, 4]);
  });

  it('is the one with most regions when none is nearly complete, and none without data', () => {
    const few = [observation(1, 2021), observation(2, 2021), observation(1, 2023)];
    expect(yearOf(commonPeriod(few, { metric: 'gdp' }, definition, 11))).toBe(2021);
    expect(commonPeriod([], { metric: 'gdp' }, definition, 11).size).toBe(0);
  });
});
