import { describe, expect, it } from 'vitest';
import type { CellKey } from '@/metrics/model/cell';
import { sample } from '@/metrics/testing/definitions';
import { instantOf } from '@/metrics/time/zone';
import { History, type Known } from './known';
import type { Regions } from './rule';
import { derivationRules } from './rules';
import { speakersOf } from './speakers';
import { closureOf, replayAll } from './worklist';

const [PROVINCE, CITY, OTHER, COUNTY] = [140000, 140100, 140200, 140101];
const REGIONS: Regions = {
  childrenOf: (region) => (region === PROVINCE ? [CITY, OTHER] : region === CITY ? [COUNTY] : []),
  parentOf: (region) => (region === COUNTY ? CITY : region === CITY || region === OTHER ? PROVINCE : null),
  mayRollUp: (region) => region % 100 === 0,
};
const revenue = sample.reported({
  code: 'revenue',
  freq: 'M',
  period_rule: 'MC12',
  accumulation: 'flow',
  rollup: 'sum',
});
const [speakers] = speakersOf(derivationRules([{ definition: revenue, version: 1 }], REGIONS));
if (!speakers) throw new Error('no rules');

const day = (n: number) => instantOf(2026, 1, n);
const cell = (region: number, basis: string, month: number): CellKey => ({
  metric: 'revenue',
  freq: 'M',
  region,
  slice: '',
  basis,
  measure: 'level',
  periodMs: instantOf(2025, month),
});
const fact = (value: string | null, vintageMs: number): Known => ({
  vintageMs,
  value,
  numerator: null,
  denominator: null,
  sampleCount: 1,
  status: value === null ? 'missing' : 'final',
  flags: [],
  source: '省统计局',
  definitionVersion: 1,
});

describe('cells of one metric that follow from each other', () => {
  it('hand over level by level: a city that no longer deduces its month is the sum of its counties, and the province of it', () => {
    const history = new History();
    history.add(cell(CITY, 'ytd', 5), fact('500', day(1)));
    history.add(cell(CITY, 'ytd', 6), fact('620', day(1)));
    history.add(cell(COUNTY, 'period', 6), fact('100', day(1)));
    history.add(cell(OTHER, 'period', 6), fact('7', day(1)));
    const june = (region: number) => history.at(cell(region, 'period', 6), day(31));
    const said = (region: number) => [june(region)?.source, june(region)?.value];
    replayAll(speakers, [cell(PROVINCE, 'period', 6), cell(CITY, 'period', 6)], history, {
      sinceMs: 0,
      effectiveFromMs: 0,
    });
    expect(said(CITY)).toEqual(['deduced', '120']);
    // What was deduced for a city is no part of a sum.
    expect(june(PROVINCE)).toBeUndefined();
    history.add(cell(CITY, 'ytd', 6), fact(null, day(5)));
    const vintages = replayAll(speakers, [cell(CITY, 'period', 6)], history, {
      sinceMs: day(5) - 1,
      effectiveFromMs: 0,
    });
    expect(vintages.map(({ cell: { region }, known }) => [region, known.source, known.value])).toEqual([
      [CITY, 'rollup', '100'],
      [PROVINCE, 'rollup', '107'],
    ]);
    history.add(cell(CITY, 'ytd', 6), fact('630', day(9)));
    replayAll(speakers, [cell(CITY, 'period', 6)], history, { sinceMs: day(9) - 1, effectiveFromMs: 0 });
    expect(said(CITY)).toEqual(['deduced', '130']);
    expect(june(PROVINCE)?.value).toBeNull();
    expect(history.at(cell(PROVINCE, 'period', 6), day(6))?.value).toBe('107');
  });

  it('are all found before they are replayed, so that their history is read once', () => {
    const found = closureOf(speakers, [cell(CITY, 'ytd', 6)]);
    const has = (region: number, basis: string, month: number) =>
      found.some(
        (one) => one.region === region && one.basis === basis && one.periodMs === instantOf(2025, month),
      );
    expect(has(CITY, 'period', 6) && has(CITY, 'period', 7)).toBe(true);
    expect(has(PROVINCE, 'ytd', 6) && has(PROVINCE, 'period', 7)).toBe(true);
    expect(found.some(({ region, freq }) => region === PROVINCE && freq === 'A')).toBe(true);
  });
});
