import type { Freq, Measure, Observation, RegionCode } from '@/metrics/model/cell';
import { regionCondition } from '@/server/access/scope';
import type { Context } from '@/server/context';
import { AppError } from '@/server/errors';
import { KEY_LIST, observationRow, SELECT_LIST } from '@/server/observations/columns';
import type { QueryParam } from '@/server/warehouse/query';

export interface ObservationFilter {
  metrics: readonly string[];
  regions?: readonly RegionCode[];
  freq?: readonly Freq[];
  basis?: readonly string[];
  measure?: readonly Measure[];
  /** Canonical slices; '' is the unsliced value, which is the default. `'all'` reads every slice. */
  slices?: readonly string[] | 'all';
  /** Periods with `fromMs <= start < toMs`. */
  fromMs?: number;
  toMs?: number;
  /** Newest vintage not after this instant; default: the newest. */
  asOfMs?: number;
  /** Every vintage up to `asOfMs` instead of the newest alone. */
  allVintages?: boolean;
  /** Newest periods of each series only. */
  lastPeriods?: number;
  /** At most this many rows; more is an error, never a silent cut. Default 100,000. */
  limit?: number;
}

const DEFAULT_LIMIT = 100_000;

/**
 * Reads observations as of an instant, ordered by series and period, within the actor's regions (and of the nation,
 * where it is named). Domains are the
 * caller's to check (a metric's domain is in the registry): use the verbs in server/services/observations.
 * @throws AppError `too_large` when the answer would exceed the limit.
 */
export async function readObservations(ctx: Context, filter: ObservationFilter): Promise<Observation[]> {
  if (filter.metrics.length === 0) return [];
  const limit = filter.limit ?? DEFAULT_LIMIT;
  const { where, params } = conditions(ctx, filter);
  const newest = filter.allVintages ? '' : `LIMIT 1 BY ${KEY_LIST}`;
  const inner = `SELECT ${SELECT_LIST}, recorded_at, period
    FROM observation WHERE ${where}
    ORDER BY ${KEY_LIST}, vintage DESC, recorded_at DESC ${newest}`;
  const last = filter.lastPeriods
    ? `ORDER BY metric, freq, basis, measure, slice, region, period DESC, vintage_ms
       LIMIT ${integer(filter.lastPeriods)} BY metric, freq, basis, measure, slice, region`
    : '';
  const rows = await ctx.warehouse.screens.rows({
    name: 'observations',
    sql: `SELECT * EXCEPT (recorded_at, period) FROM (SELECT * FROM (${inner}) ${last})
      ORDER BY metric, freq, basis, measure, slice, region, period_ms, vintage_ms, recorded_at LIMIT ${integer(limit + 1)}`,
    params,
    row: observationRow,
  });
  if (rows.length > limit) {
    throw tooManyRows(limit);
  }
  return rows;
}

export function tooManyRows(limit: number): AppError {
  return new AppError('too_large', `结果超过 ${limit} 行,请缩小时间、地区或指标范围`, { place: 'limit' });
}

function conditions(
  ctx: Context,
  filter: ObservationFilter,
): { where: string; params: Record<string, QueryParam> } {
  const scope = regionCondition(ctx.actor.scope, filter.regions);
  const parts = ['metric IN {metrics:Array(String)}', scope.sql];
  const params: Record<string, QueryParam> = { metrics: [...filter.metrics], ...scope.params };
  const add = (sql: string, name: string, value: QueryParam) => {
    parts.push(sql);
    params[name] = value;
  };
  if (filter.regions) add('region IN {regions:Array(UInt32)}', 'regions', [...filter.regions]);
  if (filter.freq) add('freq IN {freq:Array(String)}', 'freq', [...filter.freq]);
  if (filter.basis) add('basis IN {basis:Array(String)}', 'basis', [...filter.basis]);
  if (filter.measure) add('measure IN {measure:Array(String)}', 'measure', [...filter.measure]);
  if (filter.slices !== 'all') add('slice IN {slices:Array(String)}', 'slices', [...(filter.slices ?? [''])]);
  if (filter.fromMs !== undefined) {
    add(
      "period >= toDateTime64({from_s:Int64}, 0, 'Asia/Shanghai')",
      'from_s',
      Math.floor(filter.fromMs / 1000),
    );
  }
  if (filter.toMs !== undefined) {
    add("period < toDateTime64({to_s:Int64}, 0, 'Asia/Shanghai')", 'to_s', Math.ceil(filter.toMs / 1000));
  }
  if (filter.asOfMs !== undefined) {
    add("vintage <= fromUnixTimestamp64Milli({as_of_ms:Int64}, 'Asia/Shanghai')", 'as_of_ms', filter.asOfMs);
  }
  return { where: parts.join('\n AND '), params };
}

function integer(n: number): number {
  if (!Number.isSafeInteger(n) || n < 1) throw new AppError('bad_input', `${n} 不是正整数`);
  return n;
}
