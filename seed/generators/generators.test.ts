import { describe, expect, it, vi } from 'vitest';
import { knownRegion } from '@/metrics/regions/tree';
import { DAY_MS, HOUR_MS } from '@/metrics/time/zone';
import { getDataset } from '@/server/datasets/registry';
import { hasUsccCheckDigit } from '@/server/datasets/uscc';
import { airQualityGenerator } from './air-quality';
import { DEMO_PARTS } from './generators';
import { hotlineGenerator } from './hotline';
import { marketEntityGenerator } from './market-entity';
import type { Generator, GeneratorOptions, Window } from './model';
import { serviceCaseGenerator } from './service-case';

// A year of hours takes seconds, more on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const at = (text: string) => Date.parse(`${text}+08:00`);
const instant = (text: string) => at(text.length === 10 ? `${text}T00:00:00` : text.replace(' ', 'T'));
const NOW = at('2026-11-23T12:00:00');
const options = (over: Partial<GeneratorOptions> = {}): GeneratorOptions => ({
  seed: 7,
  scale: 1 / 40,
  knownAtMs: NOW,
  ...over,
});

function records(generator: Generator, opts: GeneratorOptions, window: Window, changes = false) {
  const blocks = changes ? generator.changes(opts, window) : generator.rows(opts, window);
  return [...blocks]
    .join('')
    .split('\n')
    .filter(Boolean)
    .map((text) => {
      const cells = text.split(',');
      return Object.fromEntries(generator.columns.map((column, i) => [column, cells[i] ?? '']));
    });
}

describe.each(DEMO_PARTS.map((part) => [part.generator.dataset, part] as const))('%s', (_, part) => {
  const window = { fromMs: NOW - 1.5 * DAY_MS, toMs: NOW };
  const text = (opts: GeneratorOptions, w: Window) => [...part.generator.rows(opts, w)].join('');

  it('gives the same rows for the same seed number and other rows for another', () => {
    const first = text(options(), window);
    expect(first.length).toBeGreaterThan(1000);
    expect(text(options(), window)).toBe(first);
    expect(text(options({ seed: 8 }), window)).not.toBe(first);
  });

  it('gives the same rows whether a stretch is generated at once or in pieces', () => {
    const cut = NOW - 30 * HOUR_MS;
    const pieces =
      text(options(), { ...window, toMs: cut }) + text(options(), { fromMs: cut, toMs: window.toMs });
    expect(pieces.split('\n').sort()).toEqual(text(options(), window).split('\n').sort());
  });

  it('writes columns of the contract, permitted values and counties of the tree, and knows nothing of the future', () => {
    const { contract } = getDataset(part.generator.dataset);
    const columns = new Map(contract.columns.map((column) => [column.name, column]));
    for (const name of part.generator.columns) expect(columns.has(name), name).toBe(true);
    const wrong = records(part.generator, options(), window).flatMap((row) => [
      ...(knownRegion(Number(row.region_code))?.level === 'county' ? [] : [`region ${row.region_code}`]),
      ...Object.entries(row).flatMap(([name, value]) => {
        const column = columns.get(name);
        const bad =
          (column?.enumValues && !column.enumValues.includes(value)) ||
          (!column?.nullable && value === '') ||
          (/_(ts|date)$/.test(name) && !/due|promise/.test(name) && value !== '' && instant(value) > NOW);
        return bad ? [`${name} "${value}"`] : [];
      }),
    ]);
    expect(wrong).toEqual([]);
  });
});

describe('a long history', () => {
  it('has one station a city before the given instant and every county after it', () => {
    const cut = NOW - 2 * DAY_MS;
    const rows = records(airQualityGenerator, options({ sparseBeforeMs: cut }), {
      fromMs: cut - DAY_MS,
      toMs: cut + DAY_MS,
    });
    const stations = (early: boolean) =>
      new Set(rows.filter((row) => instant(row.data_ts ?? '') <= cut === early).map((row) => row.station_id))
        .size;
    expect(stations(true)).toBe(11);
    expect(stations(false)).toBe(117);
  });
});

describe('hourly deliveries', () => {
  it.each([
    [hotlineGenerator, 'ticket_id'],
    [serviceCaseGenerator, 'case_no'],
  ])(
    '$dataset: what is known at noon is what was known at 11 and the changes of an hour',
    (generator, key) => {
      const from = NOW - 10 * DAY_MS;
      const now = options({ scale: 1 / 400 });
      const before = { ...now, knownAtMs: NOW - HOUR_MS };
      const held = new Map(
        records(generator, before, { fromMs: from, toMs: NOW - HOUR_MS }).map((row) => [row[key], row]),
      );
      for (const row of records(generator, now, { fromMs: NOW - HOUR_MS, toMs: NOW }, true))
        held.set(row[key], row);
      const wanted = new Map(
        records(generator, now, { fromMs: from, toMs: NOW }).map((row) => [row[key], row]),
      );
      const stale = [...wanted].filter(([id, row]) => JSON.stringify(held.get(id)) !== JSON.stringify(row));
      expect(wanted.size).toBeGreaterThan(400);
      expect(stale).toEqual([]);
    },
  );

  it('air quality: brings the new hour and the review of the same hour three days ago', () => {
    const rows = records(airQualityGenerator, options(), { fromMs: NOW - HOUR_MS, toMs: NOW }, true);
    expect(new Set(rows.map((row) => row.data_ts))).toEqual(
      new Set(['2026-11-23 12:00:00', '2026-11-20 12:00:00']),
    );
    expect(rows.find((row) => row.data_ts === '2026-11-23 12:00:00')?.audit_status).toBe('raw');
    expect(rows.find((row) => row.data_ts === '2026-11-20 12:00:00')?.audit_status).toBe('reviewed');
  });

  it('market entities: the day before arrives once, after two in the morning', () => {
    const night = at('2026-11-24T02:00:00');
    const window = { fromMs: night - HOUR_MS, toMs: night };
    const rows = records(marketEntityGenerator, options({ knownAtMs: night }), window, true);
    expect(new Set(rows.map((row) => row.event_date))).toEqual(new Set(['2026-11-23']));
    const later = { fromMs: night, toMs: night + HOUR_MS };
    expect(records(marketEntityGenerator, options({ knownAtMs: night + HOUR_MS }), later, true)).toEqual([]);
  });
});

describe('calibration to published figures', () => {
  it('air quality: the year 2023 comes near the bulletin of the province and of Taiyuan', () => {
    const window = { fromMs: at('2023-01-01T00:00:00'), toMs: at('2024-01-01T00:00:00') };
    const sums = new Map<string, { n: number; pm25: number; pm10: number; no2: number; so2: number }>();
    for (const block of airQualityGenerator.rows(options({ scale: 1 }), window))
      for (const text of block.split('\n')) {
        const cells = text.split(',');
        if (cells[15] !== 'valid') continue;
        const city = (cells[2] ?? '').slice(0, 4);
        const sum = sums.get(city) ?? { n: 0, pm25: 0, pm10: 0, no2: 0, so2: 0 };
        sum.n++;
        sum.pm25 += Number(cells[4]);
        sum.pm10 += Number(cells[5]);
        sum.so2 += Number(cells[6]);
        sum.no2 += Number(cells[7]);
        sums.set(city, sum);
      }
    const cities = [...sums.values()];
    expect(cities).toHaveLength(11);
    // The province is the plain mean of its cities (HJ 663).
    const province = (key: 'pm25' | 'pm10' | 'no2' | 'so2') =>
      cities.reduce((total, sum) => total + sum[key] / sum.n, 0) / cities.length;
    expect(province('pm25') / 37).toBeCloseTo(1, 1);
    expect(province('pm10') / 74).toBeCloseTo(1, 1);
    expect(province('so2') / 12).toBeCloseTo(1, 1);
    expect(province('no2') / 31).toBeCloseTo(1, 1);
    const taiyuan = sums.get('1401');
    expect((taiyuan?.pm25 ?? 0) / (taiyuan?.n ?? 1) / 41).toBeCloseTo(1, 1);
  });

  it('hotline: about ten million requests a year, at the stated scale', () => {
    const window = { fromMs: NOW - 365 * DAY_MS, toMs: NOW };
    const n = records(hotlineGenerator, options({ scale: 1 / 400 }), window).length;
    expect(Math.abs((n * 400) / 10_000_000 - 1)).toBeLessThan(0.15);
  });

  it('service cases: about 120,000 a working day, an eighth at weekends', () => {
    const week = { fromMs: at('2026-06-08T00:00:00'), toMs: at('2026-06-15T00:00:00') };
    const rows = records(serviceCaseGenerator, options(), week);
    const perDay = (day: string) => rows.filter((row) => row.apply_ts?.startsWith(day)).length * 40;
    expect(perDay('2026-06-10')).toBeGreaterThan(95_000);
    expect(perDay('2026-06-10')).toBeLessThan(145_000);
    expect(perDay('2026-06-13') / 120_000).toBeCloseTo(0.125, 1);
  });
});

describe('made-up credit codes', () => {
  it('carry the check character of GB 32100-2015', () => {
    const rows = records(marketEntityGenerator, options(), { fromMs: NOW - 3 * DAY_MS, toMs: NOW });
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.filter((row) => !hasUsccCheckDigit(row.uscc ?? ''))).toEqual([]);
  });
});
