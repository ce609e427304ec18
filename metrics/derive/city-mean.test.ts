import { describe, expect, it } from 'vitest';
import type { CellKey } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { sample } from '@/metrics/testing/definitions';
import { instantOf } from '@/metrics/time/zone';
import { History, type Known } from './known';
import type { Regions } from './rule';
import { derivationRules } from './rules';
import { type Speakers, speakersOf } from './speakers';
import { replay } from './timeline';

const [PROVINCE, A, B, C] = [140000, 140100, 140200, 140300] as const;
const REGIONS: Regions = {
  childrenOf: (region) => (region === PROVINCE ? [A, B, C] : []),
  parentOf: (region) => (region === PROVINCE ? 100000 : PROVINCE),
  mayRollUp: (region) => region === PROVINCE,
};
const ROWS = 'air_quality_hour';
const PUBLISHER = '省生态环境厅';

const rate = { freq: 'M', period_rule: 'M', accumulation: 'rate', additive_over_regions: false } as const;
const mean = sample.aggregated({ ...rate, code: 'x', dataset: ROWS, rollup: 'mean_of_cities' });

function speakersFor(metric: string, ...definitions: MetricDefinition[]): Speakers {
  const entries = definitions.map((definition) => ({ definition, version: 1 }));
  const found = speakersOf(derivationRules(entries, REGIONS)).find((one) => one.metric === metric);
  if (!found) throw new Error(`nothing speaks of ${metric}`);
  return found;
}

const day = (n: number) => instantOf(2026, 1, n);
const month = (metric: string, region: number, more: Partial<CellKey> = {}): CellKey => ({
  ...{
    metric,
    region,
    freq: 'M',
    slice: '',
    basis: 'period',
    measure: 'level',
    periodMs: instantOf(2025, 6),
  },
  ...more,
});

function known(source: string, value: string | null, vintageMs: number, flags: string[] = []): Known {
  const facts = { numerator: null, denominator: null, sampleCount: 1, definitionVersion: 1 };
  return { ...facts, source, value, vintageMs, flags, status: value === null ? 'missing' : 'final' };
}

type Fact = readonly [region: number, source: string, value: string | null, vintageMs: number];

/** The province day by day, as replayed; a second replay must have nothing to say. */
function said(facts: readonly Fact[], days: readonly number[], speakers = speakersFor('x', mean)) {
  const history = new History();
  for (const [region, source, value, vintageMs] of facts)
    history.add(month(speakers.metric, region), known(source, value, vintageMs));
  const target = month(speakers.metric, PROVINCE);
  const options = { sinceMs: 0, effectiveFromMs: 0 };
  replay(speakers, target, history, options);
  expect(replay(speakers, target, history, options)).toEqual([]);
  return days.map((n) => {
    const at = history.at(target, day(n) + 1000);
    return at && [at.value ?? 'null', at.source, ...at.flags].join(' ');
  });
}

/** Rows of all three cities: 40 each, and what they make of the province. */
const COMPUTED: readonly Fact[] = [PROVINCE, A, B, C].map((region) => [region, ROWS, '40', day(1)]);

describe('the province of cities that are measured and published (T28, T46)', () => {
  it('is what its rows say while nobody publishes', () => {
    expect(said(COMPUTED, [1])).toEqual([`40 ${ROWS}`]);
  });

  it('is made of what stands for each city from the day of the first publication on', () => {
    const facts: Fact[] = [...COMPUTED, [A, PUBLISHER, '55', day(5)], [B, PUBLISHER, '34', day(7)]];
    // (55 + 40 + 40) / 3 and (55 + 34 + 40) / 3.
    expect(said(facts, [4, 5, 7])).toEqual([`40 ${ROWS}`, '45 rollup', '43 rollup']);
  });

  it('does not matter to the order of rows and figures', () => {
    const figures = [A, B, C].map((region): Fact => [region, PUBLISHER, '50', day(2)]);
    const rows: Fact = [PROVINCE, ROWS, '40', day(6)];
    expect(said([...figures, rows], [2, 6])).toEqual(['50 rollup', '50 rollup']);
    expect(said([rows, ...figures], [2, 6])).toEqual(['50 rollup', '50 rollup']);
  });

  it('says by whose 口径 it is where publishers have another one than rows', () => {
    const pm25 = speakersFor('x', { ...mean, published_basis: 'sand_adjusted' });
    const cities: Fact[] = [A, B, C].map((region, i) => [region, PUBLISHER, '50', day(5 + i)]);
    expect(said([...COMPUTED, ...cities], [4, 5, 6, 7], pm25)).toEqual([
      `40 ${ROWS}`,
      // (50 + 40 + 40) / 3 and (50 + 50 + 40) / 3.
      '43.3333333333 rollup mixed_origin',
      '46.6666666667 rollup mixed_origin',
      '50 rollup of_published',
    ]);
  });

  it('falls back to its rows when the publication is taken back', () => {
    const facts: Fact[] = [
      ...COMPUTED,
      [A, PUBLISHER, '55', day(5)],
      [A, PUBLISHER, null, day(8)],
      [A, ROWS, '40', day(9)],
    ];
    expect(said(facts, [5, 8, 9])).toEqual(['45 rollup', `40 ${ROWS}`, `40 ${ROWS}`]);
  });

  it('gives way to what is published of the province itself', () => {
    const facts: Fact[] = [
      ...COMPUTED,
      [A, PUBLISHER, '55', day(5)],
      [PROVINCE, PUBLISHER, '46', day(6)],
      [B, PUBLISHER, '34', day(7)],
    ];
    expect(said(facts, [5, 7])).toEqual(['45 rollup', `46 ${PUBLISHER}`]);
  });

  it('is marked where a city has neither, and not there where publications alone lack one (§13)', () => {
    const two = (other: string): Fact[] => [
      [A, PUBLISHER, '55', day(5)],
      [B, other, '35', day(5)],
    ];
    expect(said([[PROVINCE, ROWS, '35', day(1)], ...two(ROWS)], [5])).toEqual(['45 rollup partial']);
    expect(said(two(PUBLISHER), [5])).toEqual([undefined]);
    // Rows of the two published cities alone know nothing of their figures: (55 + 35) / 2, not the 40 of the rows.
    expect(said([[PROVINCE, ROWS, '40', day(1)], ...two(PUBLISHER)], [4, 5])).toEqual([
      `40 ${ROWS}`,
      '45 rollup partial',
    ]);
    // Rows that came to nothing make no province.
    expect(said([[PROVINCE, ROWS, null, day(1)], ...two(PUBLISHER)], [5])).toEqual([`null ${ROWS}`]);
  });
});

describe('which metrics are made of their cities', () => {
  const pctl = sample.derived({ ...rate, code: 'p', formula: 'pctl(x, 90)', rollup: 'mean_of_cities' });
  const index = sample.composite({
    ...rate,
    code: 'i',
    parts: undefined,
    missing: undefined,
    rollup: 'mean_of_cities',
    fn: { name: 'air_composite_index', args: { so2: 'x', no2: 'x', pm10: 'x', pm25: 'x', co: 'p', o3: 'p' } },
  });

  it.each(['p', 'i'])('is said by their rollup, whatever computes them: %s', (metric) => {
    const facts = [A, B, C].map((region, i): Fact => [region, PUBLISHER, String(3 + i), day(5)]);
    expect(said(facts, [5], speakersFor(metric, mean, pctl, index))).toEqual(['4 rollup']);
  });

  it('weighs a share of city means by its denominator, before the formula', () => {
    const count = (code: string) => sample.aggregated({ ...mean, code });
    const share = sample.derived({
      ...{ ...rate, code: 'r', formula: 'good / valid * 100', unit: '%', rollup: 'ratio_of_sums' },
      rollup_weight: { by: 'formula', formula: 'valid' },
    });
    const speakers = speakersFor('r', count('good'), count('valid'), share);
    const history = new History();
    const add = (metric: string, region: number, source: string, value: string) =>
      history.add(month(metric, region), known(source, value, day(1)));
    for (const [region, valid, rateOf] of [
      [A, '10', '50'],
      [B, '30', '90'],
      [C, '20', '75'],
    ] as const) {
      add('valid', region, ROWS, valid);
      add('r', region, region === A ? PUBLISHER : 'derived', rateOf);
    }
    add('good', PROVINCE, ROWS, '16');
    add('valid', PROVINCE, ROWS, '20');
    replay(speakers, month('r', PROVINCE), history, { sinceMs: 0, effectiveFromMs: 0 });
    // (10 · 50 + 30 · 90 + 20 · 75) / 60; the formula alone would say 16 / 20 = 80.
    expect(history.at(month('r', PROVINCE), day(2))?.value).toBe('78.3333333333');
  });
});
