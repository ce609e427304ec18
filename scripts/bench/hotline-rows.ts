import { regionsOfLevel } from '@/metrics/regions/tree';
import { periodRange } from '@/metrics/time/period';
import { DAY_MS } from '@/metrics/time/zone';
import { TOPICS } from '@/seed/generators/hotline-topics';
import type { Context } from '@/server/context';

interface Stretch {
  rows: number;
  fromMs: number;
  toMs: number;
}

/**
 * Tickets made by the engine itself, evenly over counties and days; deadline five days on, closing within ten. Not a
 * scenario, only a load. Made month by month in the order of the table: one part a partition, as a table has that has
 * lain for a while.
 */
export async function makeHotlineRows(ctx: Context, { rows, fromMs, toMs }: Stretch): Promise<void> {
  for (const monthMs of periodRange('M', fromMs, toMs)) {
    const start = Math.max(monthMs, fromMs);
    const end = Math.min(nextMonth(monthMs), toMs);
    await insertStretch(ctx, {
      rows: Math.round((rows * (end - start)) / (toMs - fromMs)),
      fromMs: start,
      toMs: end,
    });
  }
}

function nextMonth(monthMs: number): number {
  const [, next] = periodRange('M', monthMs, monthMs + 32 * DAY_MS);
  return next ?? monthMs;
}

async function insertStretch(ctx: Context, { rows, fromMs, toMs }: Stretch): Promise<void> {
  const counties = regionsOfLevel('county').map(({ code }) => code);
  await ctx.warehouse.loads.command({
    name: 'bench_hotline_rows',
    sql: `INSERT INTO hotline_ticket (ticket_id, region_code, create_ts, channel, request_type, topic, subject_type, valid,
        dispatched, department, urgency, due_ts, finish_ts, revisit_valid, revisit_solved, revisit_sat, version, is_demo)
      SELECT concat({prefix:String}, leftPad(toString(number), 8, '0')), region, created,
        ['phone', 'phone', 'phone', 'phone', 'wechat', 'web', 'app', 'letter'][1 + intDiv(h, 1000) % 8],
        ['咨询', '咨询', '求助', '投诉', '举报', '建议', '表扬'][1 + intDiv(h, 10000) % 7],
        {topics:Array(String)}[topic_at], if(intDiv(h, 100000) % 14 = 0, 'enterprise', 'person'), intDiv(h, 1000000) % 28 != 0,
        dispatched, {departments:Array(String)}[topic_at], 'normal',
        if(dispatched, toNullable(created + INTERVAL 5 DAY), NULL), toNullable(finished), revisited, revisited AND g % 10 != 0,
        if(revisited, toNullable(1 + intDiv(g, 10) % 5), NULL), 1, 1
      FROM (
        SELECT number, {counties:Array(UInt32)}[1 + intDiv(number, {of_county:UInt64})] AS region,
          toDateTime({from:Int64} + intDiv((number % {of_county:UInt64}) * {seconds:Int64}, {of_county:UInt64}), 'Asia/Shanghai') AS created,
          cityHash64(number, {prefix:String}) AS h, cityHash64(h) AS g, 1 + intDiv(h, 100) % length({topics:Array(String)}) AS topic_at,
          intDiv(g, 1000) % 3 = 0 AS dispatched, created + intDiv(g, 10000) % 864000 AS finished, intDiv(g, 100) % 10 < 6 AS revisited
        FROM numbers({rows:UInt64})
      )`,
    params: {
      prefix: `${fromMs / 1000}-`,
      rows,
      of_county: Math.max(1, Math.ceil(rows / counties.length)),
      from: fromMs / 1000,
      seconds: (toMs - fromMs) / 1000,
      counties,
      topics: TOPICS.map(({ name }) => name),
      departments: TOPICS.map(({ department }) => department),
    },
    settings: { max_block_size: rows, min_insert_block_size_rows: rows, min_insert_block_size_bytes: 0 },
  });
}
