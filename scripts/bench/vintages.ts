import { readObservations } from '@/server/observations/read';
import { type Cost, costOf, medianCost, reportCost } from './measure';
import { BENCH_NOW_MS, inBenchWorld, settle } from './world';

const VINTAGES = 10;
const DAYS = 2000;
const REGIONS = 128;
const METRICS = 4;
const ROUNDS = 15;
const DAY_MS = 86_400_000;

/** Reading a series as it was known at an instant against reading it as known now, with many vintages a cell. */
export async function benchVintages(scale: number): Promise<void> {
  await inBenchWorld(async ({ ctx }) => {
    const metrics = Math.max(1, Math.round(METRICS * scale));
    const cells = metrics * REGIONS * DAYS;
    await ctx.warehouse.loads.command({
      name: 'bench_vintages',
      sql: `INSERT INTO observation (metric, freq, region, basis, measure, period, vintage, value, sample_count, status, source, run_id, definition_version)
        SELECT concat('bench_', toString(number % {metrics:UInt32})), 'D', 140000 + intDiv(number, {metrics:UInt32}) % {regions:UInt32}, 'period', 'level',
          toDateTime({last:Int64} - intDiv(number, {metrics:UInt32} * {regions:UInt32}) % {days:UInt32} * 86400, 'Asia/Shanghai') AS day,
          day + INTERVAL 1 + intDiv(number, {cells:UInt64}) * 30 DAY, toDecimal128(cityHash64(number) % 1000000, 10), 1, 'final', 'bench', 'bench', 1
        FROM numbers({cells:UInt64} * {vintages:UInt64})`,
      params: {
        metrics,
        regions: REGIONS,
        days: DAYS,
        cells,
        vintages: VINTAGES,
        last: (BENCH_NOW_MS - (BENCH_NOW_MS % DAY_MS) - 8 * 3_600_000) / 1000,
      },
      settings: { max_partitions_per_insert_block: 0 },
    });
    await ctx.warehouse.loads.command({ name: 'bench_merge', sql: 'OPTIMIZE TABLE observation FINAL' });
    await settle(ctx);
    console.log(`as-of reads: ${cells} cells of ${VINTAGES} vintages each`);
    for (const { what, regions, days } of [
      { what: 'one series of a year', regions: [140001], days: 365 },
      {
        what: 'a month of all regions',
        regions: Array.from({ length: REGIONS }, (_, i) => 140_000 + i),
        days: 30,
      },
    ]) {
      const fromMs = BENCH_NOW_MS - (days + 400) * DAY_MS;
      const filter = { metrics: ['bench_0'], regions, fromMs, toMs: fromMs + days * DAY_MS };
      const costs: Record<'latest' | 'past', Cost[]> = { latest: [], past: [] };
      let rows = 0;
      for (let round = 0; round <= ROUNDS; round++) {
        const latest = await costOf(async () => {
          rows = (await readObservations(ctx, filter)).length;
        });
        // About half of the vintages were known by then.
        const past = await costOf(() =>
          readObservations(ctx, { ...filter, asOfMs: fromMs + (days + 150) * DAY_MS }),
        );
        if (round === 0) continue;
        costs.latest.push(latest);
        costs.past.push(past);
      }
      if (rows === 0) throw new Error('nothing was read');
      reportCost(
        `${what} (${rows} values) as of then`,
        medianCost(costs.past),
        { name: 'latest', ...medianCost(costs.latest) },
        '2×',
      );
    }
  });
}
