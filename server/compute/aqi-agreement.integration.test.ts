import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aqiAgreement } from '@/server/compute/aqi-agreement';
import { parseMapping } from '@/server/ingest/mapping';
import { createLoad } from '@/server/services/loads/create';
import { openWorld, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
});
afterAll(() => world.runtime.close());

/** City series as released; not part of the product, so the check runs only where the file lies beside it. */
const FILE = path.resolve('../shared/data/air_quality/shanxi_city_hourly_201812_202006.csv.gz');
const ROWS = Number(process.env.AQI_AGREEMENT_ROWS ?? 8000);

describe('computed and published hourly AQI', () => {
  it.skipIf(!fs.existsSync(FILE))(
    'differ only by rounding to the nearest instead of upward',
    async () => {
      const lines = zlib.gunzipSync(fs.readFileSync(FILE)).toString('utf8').split('\n');
      await createLoad(world.runtime.context(), {
        dataset: 'air_quality_hour',
        fileName: 'cities.csv',
        origin: 'command',
        provenance: 'real',
        mapping: parseMapping(fs.readFileSync('seed/mappings/air_quality_city_hourly.yaml', 'utf8')),
        bytes: Buffer.from(lines.slice(0, ROWS + 1).join('\n')),
      });
      const run = await world.compute();
      const report = await aqiAgreement(world.runtime.stores);
      if (process.env.AQI_AGREEMENT_ROWS) console.log(JSON.stringify({ run, report }, null, 1));
      expect(report.compared).toBeGreaterThan(Math.min(ROWS, lines.length) * 0.95);
      expect(report.equalShare).toBeGreaterThan(0.8);
      expect(report.withinOneShare).toBe(1);
      expect(report.differences.other).toBe(0);
      // What was published follows one rule without exception; the moving mean of the 2012 text is not it.
      expect(report.rules.hour_nearest.equal).toBe(report.rules.hour_nearest.hours);
      expect(report.rules.moving_nearest.equal).toBeLessThan(report.rules.moving_nearest.hours / 2);
    },
    600_000,
  );
});
