import { regionsOfLevel } from '@/metrics/regions/tree';
import { dayKey } from '@/metrics/time/calendar';
import { DAY_MS, HOUR_MS } from '@/metrics/time/zone';
import { runCompute } from '@/server/compute/run';
import type { Context } from '@/server/context';
import { computeQueue } from '@/server/db/schema/ingest';
import { makeHotlineRows } from './hotline-rows';
import { type Cost, costOf, medianCost, reportCost } from './measure';
import { BENCH_NOW_MS, type BenchWorld, inBenchWorld, settle } from './world';

const TICKETS_A_YEAR = 500_000;
const MORE_YEARS = 9;
const ROUNDS = 5;
/** Queries shown one by one. */
const DEAREST = 4;
/** Noon three days before the instant: its day and month have other rows, before and after. */
const LATE_MS = BENCH_NOW_MS - 3 * DAY_MS;

interface Late {
  dataset: string;
  what: string;
  makeYear(ctx: Context, days: number): Promise<void>;
  /** Times of a row that move with the year, for the copies. */
  times: readonly string[];
  key: string;
  /** One row that was not known before, or not so. */
  row(round: number): Record<string, unknown>;
}

const text = (ms: number) => new Date(ms + 8 * HOUR_MS).toISOString().slice(0, 19).replace('T', ' ');

const HOTLINE: Late = {
  dataset: 'hotline_ticket',
  what: 'one late ticket',
  makeYear: (ctx, days) =>
    makeHotlineRows(ctx, {
      rows: Math.round((TICKETS_A_YEAR * days) / 365),
      fromMs: BENCH_NOW_MS - days * DAY_MS,
      toMs: BENCH_NOW_MS,
    }),
  times: ['create_ts', 'due_ts', 'finish_ts'],
  key: 'ticket_id',
  row: (round) => ({
    ticket_id: `late-${round}`,
    region_code: 140105,
    create_ts: text(LATE_MS),
    channel: 'phone',
    request_type: '投诉',
    topic: '供热',
    subject_type: 'person',
    valid: 1,
    department: '住建局',
    version: 2 + round,
    is_demo: 1,
  }),
};

const AIR: Late = {
  dataset: 'air_quality_hour',
  what: 'one late hour',
  makeYear: async (ctx, days) => {
    const counties = regionsOfLevel('city').map(({ code }) => code + 1);
    await ctx.warehouse.loads.command({
      name: 'bench_air_rows',
      sql: `INSERT INTO air_quality_hour (station_id, station_kind, region_code, data_ts, pm25, pm10, so2, no2, o3, co, flag, version, is_demo)
        SELECT concat('S', toString(region)), 'national', {counties:Array(UInt32)}[1 + number % length({counties:Array(UInt32)})] AS region,
          toDateTime({to:Int64} - intDiv(number, length({counties:Array(UInt32)})) * 3600, 'Asia/Shanghai'),
          20 + cityHash64(number, 1) % 80, 40 + cityHash64(number, 2) % 100, 5 + cityHash64(number, 3) % 20, 15 + cityHash64(number, 4) % 50,
          30 + cityHash64(number, 5) % 140, 1, 'valid', 1, 1
        FROM numbers({rows:UInt64})`,
      params: { counties, rows: days * 24 * counties.length, to: BENCH_NOW_MS / 1000 },
      settings: { max_partitions_per_insert_block: 0 },
    });
  },
  times: ['data_ts'],
  key: 'station_id',
  row: (round) => ({
    station_id: 'S140101',
    station_kind: 'national',
    region_code: 140101,
    data_ts: text(LATE_MS),
    pm25: 30 + round,
    pm10: 60 + round,
    so2: 9,
    no2: 30,
    o3: 80,
    co: 1,
    flag: 'valid',
    version: 2 + round,
    is_demo: 1,
  }),
};

/** What one late row costs, with a year of history and with ten: rows and their observations, all computed. */
export async function benchLate(scale: number): Promise<void> {
  for (const late of [AIR, HOTLINE])
    await inBenchWorld(async (world) => {
      const days = Math.max(60, Math.round(365 * scale));
      console.log(`incremental run: ${late.what} (${late.dataset}), ${days} days a year`);
      await late.makeYear(world.ctx, days);
      await runCompute(world.ctx, { dataset: late.dataset, fromMs: 0, reason: 'bench' });
      const one = await measureRuns(world, late, 0);
      await addYears(world.ctx, late);
      const ten = await measureRuns(world, late, ROUNDS + 1);
      reportCost('10 years of history', ten.cost, { name: '1 year', ...one.cost }, '1.1×');
      const byCost = [...ten.parts].sort(([, a], [, b]) => b.cpuMs - a.cpuMs).slice(0, DEAREST);
      for (const [name, cost] of byCost) {
        const before = one.parts.get(name);
        if (before) reportCost(`  of it ${name}`, cost, { name: '1 year', ...before });
      }
    });
}

/** Median cost of a run after one row, and of each of its queries in the median of the rounds. */
async function measureRuns(
  world: BenchWorld,
  late: Late,
  first: number,
): Promise<{ cost: Cost; parts: Map<string, Cost> }> {
  const { ctx } = world;
  const costs: Cost[] = [];
  const parts = new Map<string, Cost[]>();
  for (let round = 0; round <= ROUNDS; round++) {
    await ctx.warehouse.loads.insert(late.dataset, [late.row(first + round)]);
    const day = Date.parse(`${dayKey(LATE_MS)}T00:00:00+08:00`);
    await ctx.db.insert(computeQueue).values({
      dataset: late.dataset,
      windowStart: new Date(day),
      windowEnd: new Date(day + DAY_MS),
      createdAt: new Date(ctx.clock.nowMs()),
    });
    world.advance(1000);
    await settle(ctx);
    world.takeJobCosts();
    let written = 0;
    const cost = await costOf(async () => {
      written = (await runCompute(ctx, { reason: 'bench' })).rowsWritten;
    });
    if (written === 0) throw new Error('the late row changed nothing');
    // The first run finds nothing in the engine's caches.
    if (round === 0) continue;
    costs.push(cost);
    for (const [name, part] of world.takeJobCosts()) parts.set(name, [...(parts.get(name) ?? []), part]);
  }
  return {
    cost: medianCost(costs),
    parts: new Map([...parts].map(([name, all]) => [name, medianCost(all)])),
  };
}

/** Copies of the year, each a year older: rows and observations. */
async function addYears(ctx: Context, late: Late): Promise<void> {
  const years = Array.from({ length: MORE_YEARS }, (_, i) => i + 1);
  const shifted = late.times.map((time) => `subtractYears(t.${time}, {years:UInt8}) AS ${time}`);
  for (const back of years) {
    const copy = (table: string, replaced: readonly string[]) =>
      ctx.warehouse.loads.command({
        name: 'bench_years',
        sql: `INSERT INTO ${table} SELECT * REPLACE (${replaced.join(', ')}) FROM ${table} AS t WHERE ${table === 'observation' ? 'period' : late.times[0]} >= toDateTime({from:Int64}, 'Asia/Shanghai')`,
        params: { years: back, from: BENCH_NOW_MS / 1000 - 366 * 86_400 },
        settings: { max_partitions_per_insert_block: 0 },
      });
    const key =
      late.key === 'ticket_id' ? [`concat(t.ticket_id, '-', toString({years:UInt8})) AS ticket_id`] : [];
    await copy(late.dataset, [...shifted, ...key]);
    await copy('observation', ['subtractYears(t.period, {years:UInt8}) AS period']);
  }
  await settle(ctx);
}
