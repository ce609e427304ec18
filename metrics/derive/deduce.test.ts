import { describe, expect, it } from 'vitest';
import type { CellKey } from '@/metrics/model/cell';
import { sample } from '@/metrics/testing/definitions';
import { instantOf } from '@/metrics/time/zone';
import { evaluateDeduction } from './deduce';
import { History, type Known } from './known';

const gdp = sample.reported({ code: 'gdp', freq: 'Q', period_rule: 'QC', accumulation: 'flow' });

const cell = (quarter: number, basis: string): CellKey => ({
  metric: 'gdp',
  freq: 'Q',
  region: 140000,
  slice: '',
  basis,
  measure: 'level',
  periodMs: instantOf(2023, quarter * 3 - 2),
});

type Publication = readonly [quarter: number, day: string, value: string, status: Known['status']];

/** The fourth quarter as it follows from the publications at the end of 2025. */
function fourth(publications: readonly Publication[]) {
  const history = new History();
  for (const [quarter, day, value, status] of publications) {
    const vintageMs = Date.parse(`${day}T00:00:00+08:00`);
    history.add(cell(quarter, 'ytd'), {
      vintageMs,
      value,
      numerator: null,
      denominator: null,
      sampleCount: 1,
      status,
      flags: [],
      source: '省统计局',
      definitionVersion: 1,
    });
  }
  const endMs = instantOf(2026);
  const made = evaluateDeduction(gdp, cell(4, 'period'), history.lookup(endMs), (one, ms) =>
    history.at(one, Math.min(ms, endMs)),
  );
  return [made?.value, ...(made?.flags ?? [])].join(' ');
}

describe('a quarter as the difference of two cumulative figures (calculus.md §2, §6)', () => {
  const threeQuarters: Publication = [3, '2023-10-20', '18049.37', 'prelim'];
  const year: Publication = [4, '2024-01-20', '25698.18', 'prelim'];

  it('is 推算 alone where both stand alike (T2)', () => {
    expect(fourth([threeQuarters, year])).toBe('7648.81 deduced');
  });

  it('says so where one of them is preliminary and the other one final', () => {
    // 25698.18 was verified as 25500.18: 7450.81.
    expect(fourth([threeQuarters, year, [4, '2025-01-15', '25500.18', 'final']])).toBe(
      '7450.81 deduced status_mixed',
    );
    expect(
      fourth([
        threeQuarters,
        year,
        [4, '2025-01-15', '25500.18', 'final'],
        [3, '2025-01-15', '17900.18', 'final'],
      ]),
    ).toBe('7600 deduced');
  });

  it('says so where the year was revised and its first three quarters were not', () => {
    expect(fourth([threeQuarters, year, [4, '2024-03-20', '25700.37', 'prelim']])).toBe(
      '7651 deduced status_mixed',
    );
    // The same value again is no revision.
    expect(fourth([threeQuarters, year, [4, '2024-03-20', '25698.18', 'prelim']])).toBe('7648.81 deduced');
    // Both were revised together.
    expect(
      fourth([
        threeQuarters,
        year,
        [3, '2024-03-20', '18050.37', 'prelim'],
        [4, '2024-03-20', '25700.37', 'prelim'],
      ]),
    ).toBe('7650 deduced');
  });
});

describe('the last quarter of a year that is published as such (T2)', () => {
  const told = (source: string): Known => ({
    ...{ vintageMs: Date.parse('2024-02-05T00:00:00+08:00'), value: '25698.18', numerator: null },
    ...{ denominator: null, sampleCount: 1, status: 'prelim', flags: [], source, definitionVersion: 1 },
  });
  const of = (source: string, quarter: number) => {
    const history = new History();
    history.add({ ...cell(1, 'period'), freq: 'A' }, { ...told(source), value: '25698.18' });
    history.add(cell(3, 'ytd'), { ...told('省统计局'), value: '18049.37', vintageMs: 0 });
    const endMs = instantOf(2026);
    return evaluateDeduction(gdp, cell(quarter, 'period'), history.lookup(endMs), (one, ms) =>
      history.at(one, Math.min(ms, endMs)),
    );
  };

  it('is the year less the cumulative figure before it: 25698.18 − 18049.37', () => {
    expect(of('省统计局', 4)).toMatchObject({ value: '7648.81', flags: ['deduced'] });
  });

  it('is not made of a year that was made here, and no other quarter is', () => {
    expect(of('deduced', 4)).toBeNull();
    expect(of('rollup', 4)).toBeNull();
    expect(of('省统计局', 2)).toBeNull();
  });
});
