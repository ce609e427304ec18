import { describe, expect, it } from 'vitest';
import { compileInput } from '@/metrics/testing/compile-input';
import { TICKETS } from '@/metrics/testing/contracts';
import { sample } from '@/metrics/testing/definitions';
import { instantOf } from '@/metrics/time/zone';
import { compileDataset } from '../compile';
import type { AirTrack, CompileInput } from '../types';

const CONTRACT = { ...TICKETS, name: 'air_quality_hour' };
const air = (code: string, name: string, args: Record<string, string>) =>
  sample.aggregated({ code, measure: undefined, dataset: CONTRACT.name, rollup: 'none', fn: { name, args } });
const MEANS = ['so2', 'no2', 'co', 'pm10', 'pm25'].map((pollutant) =>
  air(`${pollutant}_avg`, 'air_mean', { pollutant }),
);
const DEFINITIONS = [
  ...MEANS,
  air('o3_mda8', 'air_mda8', { pollutant: 'o3' }),
  air('good_days', 'air_day_count', { where: 'aqi <= 100' }),
];

/** Breakpoints and limits are no matter here: only which stretches are computed, and when. */
const points = [0, 50];
const BREAKPOINTS = Object.fromEntries(
  ['so2_24h', 'no2_24h', 'co_24h', 'o3_8h', 'so2_1h', 'no2_1h', 'co_1h', 'o3_1h', 'pm10', 'pm25'].map(
    (item) => [item, points],
  ),
);
const EDITIONS = [{ fromMs: 0, breakpoints: BREAKPOINTS }];
const TRACK: AirTrack = {
  basis: 'std2026',
  ytdBasis: 'std2026_ytd',
  fromMs: instantOf(2025, 1, 1),
  toMs: instantOf(2027, 1, 1),
  breakpoints: BREAKPOINTS,
  divisors: {},
};

function layersFor(fromMs: number, toMs: number, more: Partial<CompileInput> = {}) {
  const input = compileInput({
    contract: CONTRACT,
    definitions: DEFINITIONS.map((definition) => ({ definition, version: 1 })),
    freqs: ['H', 'D', 'M', 'A'],
    window: { fromMs, toMs },
    nowMs: instantOf(2026, 6, 1),
    air: {
      ...compileInput().air,
      levels: [0, 50],
      editions: EDITIONS,
      tracks: [TRACK],
    },
    ...more,
  });
  expect(compileDataset(input)).toEqual(compileDataset(input));
  return compileDataset(input).layers;
}

const stretchesOf = (layers: ReturnType<typeof layersFor>) =>
  layers
    .flat()
    .flatMap(({ complete }) => complete)
    .filter(({ basis }) => basis.startsWith('std'));

describe('days without sand', () => {
  const mark = {
    ...{ name: 'sand_flag', title: '沙尘', description: '沙尘影响日' },
    ...{ type: 'boolean' as const, nullable: false },
  };
  const contract = { ...CONTRACT, columns: [...CONTRACT.columns, mark] };
  const day = [instantOf(2026, 5, 3), instantOf(2026, 5, 4)] as const;

  it('come with the usual ones out of one pass over the rows, their periods after what a wall waits for', () => {
    const layers = layersFor(...day, {
      contract,
      air: { ...compileInput().air, levels: [0, 50], editions: EDITIONS },
    });
    expect(layers.map((layer) => layer.map(({ name }) => name))).toEqual([
      ['air H'],
      ['air D'],
      ['air periods', 'air daily ytd'],
      ['air periods sand_adjusted', 'air daily sand_adjusted_ytd'],
    ]);
    const own = layers
      .flat()
      .flatMap(({ complete }) => complete)
      .filter(({ basis }) => basis.startsWith('sand'));
    expect(own.map(({ metric, freq, basis }) => [metric, freq, basis])).toEqual([
      ['good_days', 'D', 'sand_adjusted'],
      ['good_days', 'M', 'sand_adjusted'],
      ['good_days', 'M', 'sand_adjusted_ytd'],
      ['good_days', 'A', 'sand_adjusted'],
      ['good_days', 'D', 'sand_adjusted_ytd'],
    ]);
    expect(own.map(({ fromMs }) => fromMs)).toEqual([day[0], ...Array(4).fill(instantOf(2026, 1, 1))]);
  });

  it('are judged again by a track in the years that it is kept for', () => {
    const stretches = layersFor(instantOf(2024, 12, 30), instantOf(2025, 1, 3), { contract })
      .flat()
      .flatMap(({ complete }) => complete);
    const again = (freq: string) =>
      stretches.find((one) => one.freq === freq && one.basis === 'std2026_sand_adjusted');
    expect(again('D')).toMatchObject({ fromMs: instantOf(2025, 1, 1), toMs: instantOf(2025, 1, 3) });
    expect(again('A')).toMatchObject({ fromMs: instantOf(2025, 1, 1), toMs: instantOf(2026, 1, 1) });
    expect(stretches.find(({ freq, basis }) => freq === 'D' && basis === 'sand_adjusted')).toMatchObject({
      fromMs: instantOf(2024, 12, 30),
      toMs: instantOf(2025, 1, 3),
    });
  });

  it('are not told of rows that do not mark it', () => {
    const bases = layersFor(...day).flatMap((layer) => layer.flatMap(({ complete }) => complete));
    expect(bases.filter(({ basis }) => basis.startsWith('sand'))).toEqual([]);
  });
});

describe('a second track of the air', () => {
  it('comes after what a wall waits for, days before what is made of them', () => {
    const layers = layersFor(instantOf(2026, 5, 3), instantOf(2026, 5, 4));
    expect(layers.map((layer) => layer.map(({ name }) => name))).toEqual([
      ['air H'],
      ['air D'],
      ['air D std2026', 'air periods', 'air daily ytd'],
      ['air periods std2026', 'air daily std2026_ytd'],
    ]);
  });

  it('covers the changed days and their year, and nothing outside the years it is kept for', () => {
    const stretches = stretchesOf(layersFor(instantOf(2024, 12, 30), instantOf(2025, 1, 3)));
    const of = (freq: string, basis: string) =>
      stretches.find((one) => one.metric === 'good_days' && one.freq === freq && one.basis === basis);
    expect(of('D', 'std2026')).toMatchObject({ fromMs: instantOf(2025, 1, 1), toMs: instantOf(2025, 1, 3) });
    for (const [freq, basis] of [
      ['M', 'std2026'],
      ['M', 'std2026_ytd'],
      ['A', 'std2026'],
      ['D', 'std2026_ytd'],
    ] as const)
      expect(of(freq, basis)).toMatchObject({ fromMs: instantOf(2025, 1, 1), toMs: instantOf(2026, 1, 1) });
    expect(stretchesOf(layersFor(instantOf(2024, 5, 1), instantOf(2024, 5, 2)))).toEqual([]);
    expect(stretchesOf(layersFor(instantOf(2027, 1, 1), instantOf(2027, 1, 2)))).toEqual([]);
  });

  it('is not made of five pollutants', () => {
    const definitions = DEFINITIONS.slice(1).map((definition) => ({ definition, version: 1 }));
    const layers = layersFor(instantOf(2026, 5, 3), instantOf(2026, 5, 4), { definitions });
    expect(stretchesOf(layers)).toEqual([]);
  });
});
