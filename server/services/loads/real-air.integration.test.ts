import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { parseMapping } from '@/server/ingest/mapping';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';
import { createLoad } from './create';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

/** Hourly city values of 11 cities as published; 109,689 rows. */
const REAL = path.resolve('../shared/data/air_quality/shanxi_city_hourly_201812_202006.csv.gz');

it.skipIf(!fs.existsSync(REAL))(
  'the published city file of air quality comes in whole by the shipped mapping',
  async () => {
    const mapping = parseMapping(fs.readFileSync('seed/mappings/air_quality_city_hourly.yaml', 'utf8'));
    const result = await createLoad(runtime.context(), {
      dataset: 'air_quality_hour',
      fileName: path.basename(REAL),
      origin: 'command',
      provenance: 'real',
      mapping,
      bytes: { path: REAL },
    });
    expect(result).toMatchObject({ accepted: 109_689, corrected: 0, duplicate: 0, rejected: 0 });
    // First line of the file: 20181201, hour 0, 太原, AQI 234, PM2.5 184, PM10 364, SO2 49, NO2 103, O3 5, CO 2.46.
    const first = await runtime.stores.warehouse.screens.text(
      {
        name: 'first',
        sql: `SELECT region_code, pm25, pm10, so2, no2, o3, co, aqi_published FROM air_quality_hour FINAL
          WHERE station_id = 'city-140100' AND data_ts = '2018-12-01 00:00:00'`,
      },
      'CSV',
    );
    expect(first).toBe('140100,184,364,49,103,5,2.46,234\n');
    const [counts] = await runtime.stores.warehouse.screens.rows({
      name: 'empty cells',
      sql: `SELECT toUInt32(countIf(pm10 IS NULL)) AS pm10, toUInt32(countIf(aqi_published IS NULL)) AS aqi
        FROM air_quality_hour FINAL`,
      row: z.object({ pm10: z.number(), aqi: z.number() }),
    });
    // Empty cells of the file, counted by other means: PM10 41, AQI 11.
    expect(counts).toEqual({ pm10: 41, aqi: 11 });
  },
  180_000,
);
