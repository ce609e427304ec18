import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { FREQUENCIES, MEASURES, OBS_STATUSES } from '@/metrics/model/cell';
import { parseSlice } from '@/metrics/model/slice';
import { knownRegion } from '@/metrics/regions/tree';
import { parsePeriod } from '@/metrics/time/parse-period';
import { readShippedCatalogue } from '@/server/catalogue/read';

type Row = Record<string, string>;
const rows: Row[] = parse(fs.readFileSync(path.join(import.meta.dirname, 'figures.csv'), 'utf8'), {
  columns: true,
});
const catalogue = new Map(readShippedCatalogue().map((definition) => [definition.code, definition]));
const SHARED = path.resolve(import.meta.dirname, '../../../shared/domain/shanxi-facts.csv');
/** Growth that the catalogue also knows as metrics of their own: written twice, from one fact. */
const GROWTH_METRICS = ['gdp_growth', 'va_secondary_growth'];

function levels(metric: string, region: string, period: string, basis: string): Row[] {
  return rows.filter(
    (row) =>
      row.metric === metric &&
      row.measure === 'level' &&
      row.region_code === region &&
      row.period === period &&
      row.basis === basis &&
      row.slice === '',
  );
}

function asOf(day: string, metric: string, period: string, basis = 'period'): string | undefined {
  return levels(metric, '140000', period, basis)
    .filter((row) => (row.published_at ?? '') <= day)
    .sort((a, b) => (a.published_at ?? '').localeCompare(b.published_at ?? ''))
    .at(-1)?.value;
}

describe('published figures', () => {
  it('speaks only of metrics, regions, periods and words that the product knows', () => {
    const unknown = rows.filter((row) => {
      const period = parsePeriod(row.period ?? '');
      return !(
        catalogue.has(row.metric ?? '') &&
        knownRegion(Number(row.region_code)) &&
        period?.freq === row.freq &&
        (FREQUENCIES as readonly string[]).includes(row.freq ?? '') &&
        (MEASURES as readonly string[]).includes(row.measure ?? '') &&
        (OBS_STATUSES as readonly string[]).includes(row.status ?? '') &&
        Number.isFinite(Number(row.value)) &&
        row.value !== ''
      );
    });
    expect(unknown).toEqual([]);
    for (const row of rows) expect(() => parseSlice(row.slice ?? '')).not.toThrow();
  });

  it('gives every level and target in the unit of its metric, and every growth in percent', () => {
    const off = rows.filter(
      (row) => row.unit !== (row.measure === 'yoy' ? '%' : catalogue.get(row.metric ?? '')?.unit),
    );
    expect(off.map((row) => `${row.metric} ${row.unit}`)).toEqual([]);
  });

  it('says of every figure who published it, when, and how sure we are', () => {
    for (const row of rows) {
      expect(row.source, row.metric).not.toBe('');
      expect(row.published_at).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(['high', 'medium', 'low']).toContain(row.confidence);
      const period = parsePeriod(row.period ?? '');
      expect(Date.parse(`${row.published_at}T00:00:00+08:00`)).toBeGreaterThan(period?.startMs ?? Infinity);
    }
  });

  it('has no two figures for one cell on one day', () => {
    const keys = rows.map((r) =>
      [r.metric, r.region_code, r.period, r.freq, r.basis, r.measure, r.slice, r.published_at].join('|'),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('carries every published figure over once', () => {
    const level = rows.filter((row) => row.measure === 'level' && !GROWTH_METRICS.includes(row.metric ?? ''));
    expect(level).toHaveLength(259);
    expect(rows.filter((row) => row.measure === 'yoy')).toHaveLength(85);
  });

  it('has only targets that follow from a published figure: 22.4 are 48.7 % of 46 (T21)', () => {
    const targets = rows.filter((row) => row.measure === 'target');
    expect(targets.map((row) => [row.metric, row.period, row.freq, row.value])).toEqual([
      ['urban_new_jobs', '2020', 'A', '46'],
    ]);
    const [half] = levels('urban_new_jobs', '140000', '2020-06', 'ytd');
    expect(((Number(half?.value) / 46) * 100).toFixed(1)).toBe('48.7');
    expect(targets[0]).toMatchObject({ source: half?.source, published_at: half?.published_at });
  });

  it.skipIf(!fs.existsSync(SHARED))('agrees with the reference list of facts, value by value', () => {
    const facts: Row[] = parse(fs.readFileSync(SHARED, 'utf8'), { columns: true });
    const wanted = facts
      .filter((fact) => fact.in_catalogue === 'yes')
      .map((fact) => `${fact.code} ${fact.region_adcode} ${fact.value} ${fact.source} ${fact.confidence}`)
      .sort();
    const got = rows
      .filter((row) => row.measure === 'level' && !GROWTH_METRICS.includes(row.metric ?? ''))
      .map((row) => `${row.metric} ${row.region_code} ${row.value} ${row.source} ${row.confidence}`)
      .sort();
    expect(got).toEqual(wanted);
  });

  it('keeps what was known when: GDP before and after verification and census (T33)', () => {
    expect(asOf('2021-03-31', 'gdp', '2020')).toBe('17651.93');
    expect(asOf('2022-06-30', 'gdp', '2020')).toBe('17835.6');
    expect(asOf('2019-06-30', 'gdp', '2018')).toBe('16818.11');
    expect(asOf('2020-06-30', 'gdp', '2018')).toBe('15958.1');
  });

  it('keeps the February flash apart from the May bulletin (T34)', () => {
    expect(asOf('2025-03-01', 'water_good_rate', '2024')).toBe('93.6');
    expect(asOf('2025-06-01', 'water_good_rate', '2024')).toBe('94.7');
    expect(asOf('2025-03-01', 'air_composite_index', '2024')).toBe('4.31');
    expect(asOf('2025-06-01', 'air_composite_index', '2024')).toBe('4.3');
  });

  it('keeps good-air days with and without sand apart as two bases (T35)', () => {
    expect(levels('good_days_rate', '140000', '2023', 'sand_adjusted').map((row) => row.value)).toEqual([
      '76.0',
    ]);
    expect(levels('good_days_rate', '140000', '2023', 'period').map((row) => row.value)).toEqual(['71.3']);
  });
});
