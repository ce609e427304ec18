import { z } from 'zod';
import { FREQUENCIES, MEASURES, type Observation } from '@/metrics/model/cell';
import { parseSlice } from '@/metrics/model/slice';
import { knownRegion } from '@/metrics/regions/tree';
import { periodStart, periodsBetween } from '@/metrics/time/period';
import { assertCan } from '@/server/access/roles';
import { assertDomain, assertReadableRegion } from '@/server/access/scope';
import type { Context } from '@/server/context';
import { AppError } from '@/server/errors';
import { currentDataVersion } from '@/server/observations/append';
import { withObservedZeros } from '@/server/observations/observed-zeros';
import { type ObservationFilter, readObservations, tooManyRows } from '@/server/observations/read';
import { assertKnownValues } from '@/server/services/observations/known-values';
import { asOfMsOf, fromMsOf, toMsOf } from '@/server/services/observations/period-filter';

const MAX_ROWS = 100_000;

function wholeUpTo(max: number, name: string) {
  const error = `${name} 应为 1–${max} 的整数`;
  return z.coerce.number({ error }).int(error).min(1, error).max(max, error);
}

/** The names are those of the REST parameters, so that an error's place is what the asker wrote. */
export const observationQuery = z.object({
  metric: z
    .array(z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, '指标代码由小写字母、数字和下划线组成'))
    .min(1, '请用 metric 给出至少一个指标代码')
    .max(50, '一次最多查询 50 个指标'),
  region: z
    .array(z.coerce.number({ error: '区划应为六位 GB/T 2260 代码' }).int('区划应为六位 GB/T 2260 代码'))
    .max(500)
    .optional(),
  freq: z.array(z.enum(FREQUENCIES, { error: `频率应为 ${FREQUENCIES.join('、')} 之一` })).optional(),
  basis: z
    .array(z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, '口径应为 period、ytd、point、mean 或具名口径'))
    .optional(),
  measure: z.array(z.enum(MEASURES, { error: `度量应为 ${MEASURES.join('、')} 之一` })).optional(),
  /** Canonical slices; 'all' for every slice; absent: the unsliced value. */
  slice: z.union([z.literal('all'), z.array(z.string().max(256)).max(500)]).optional(),
  from: z.string().max(32).optional(),
  to: z.string().max(32).optional(),
  asOf: z.string().max(40).optional(),
  vintages: z.enum(['newest', 'all'], { error: 'vintages 应为 newest 或 all' }).default('newest'),
  /** Newest periods of each series only. */
  last: wholeUpTo(10_000, 'last').optional(),
  limit: wholeUpTo(MAX_ROWS, 'limit').default(MAX_ROWS),
});
export type ObservationQuery = z.input<typeof observationQuery>;

export interface QueriedMetric {
  code: string;
  name: string;
  unit: string;
  precision: number;
  definitionVersion: number;
}

export interface ObservationAnswer {
  dataVersion: number;
  metrics: QueriedMetric[];
  observations: Observation[];
}

/**
 * Observations as of an instant. A metric or region outside the reader's scope is refused by name, never left out
 * silently; without regions everything within the scope is read.
 */
export async function queryObservations(ctx: Context, input: ObservationQuery): Promise<ObservationAnswer> {
  assertCan(ctx.actor, 'metric:read');
  const query = observationQuery.parse(input);
  const registered = query.metric.map((code) => ctx.registry.get(code));
  for (const { definition } of registered) assertDomain(ctx.actor.scope, definition.domain);
  const metrics = registered.map(({ definition, version }) => {
    const { code, name, unit, precision } = definition;
    return { code, name, unit, precision, definitionVersion: version };
  });
  for (const code of query.region ?? []) {
    if (!knownRegion(code)) throw new AppError('bad_input', `区划代码 ${code} 不存在`, { place: 'region' });
    assertReadableRegion(ctx.actor.scope, code);
  }
  const slices = Array.isArray(query.slice) ? query.slice : undefined;
  slices?.forEach(assertSlice);
  const { fromMs, toMs } = stretchOf(query);
  // Read before the rows: a version that is too old only costs a second read, one too new would hide rows.
  const dataVersion = await currentDataVersion(ctx);
  const filter = {
    metrics: query.metric,
    regions: query.region,
    freq: query.freq,
    basis: query.basis,
    measure: query.measure,
    slices: query.slice,
    fromMs,
    toMs,
    asOfMs: query.asOf === undefined ? undefined : asOfMsOf(ctx, query.asOf),
    allVintages: query.vintages === 'all',
    lastPeriods: query.last,
    limit: query.limit,
  };
  const kept = await readObservations(ctx, filter);
  const { freq, basis, measure } = query;
  const definitions = registered.map(({ definition }) => definition);
  await assertKnownValues(ctx, definitions, { freq, basis, measure, slice: slices }, kept);
  return { dataVersion, metrics, observations: await withZeros(ctx, filter, kept) };
}

/**
 * With the observed zeros of slices, where regions, slices and both ends of the stretch are named: a file of what a page
 * shows has its zeros. Newest periods alone are counted by the cells that are kept.
 */
async function withZeros(
  ctx: Context,
  filter: ObservationFilter & { limit: number },
  kept: Observation[],
): Promise<Observation[]> {
  if (filter.lastPeriods !== undefined) return kept;
  // Asked for before they are made: a stretch may have far more places than cells.
  if (placesIn(filter) > filter.limit) throw tooManyRows(filter.limit);
  const observations = await withObservedZeros(ctx, filter, kept);
  if (observations.length > filter.limit) throw tooManyRows(filter.limit);
  return observations.length === kept.length ? kept : observations.sort(bySeries);
}

/** How many zeros a filter may ask for at most; none where no place is named. */
function placesIn({ metrics, regions = [], slices = [], freq, fromMs, toMs }: ObservationFilter): number {
  if (slices === 'all' || fromMs === undefined || toMs === undefined) return 0;
  const sliced = slices.filter((slice) => slice !== '').length;
  const periods = (freq ?? ['D' as const]).map((one) => periodsBetween(one, periodStart(one, fromMs), toMs));
  return (
    metrics.length * regions.length * sliced * periods.reduce((sum, count) => sum + Math.max(count, 1), 0)
  );
}

function bySeries(a: Observation, b: Observation): number {
  for (const key of ['metric', 'freq', 'basis', 'measure', 'slice', 'region', 'periodMs'] as const)
    if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1;
  return 0;
}

/** Periods with `fromMs <= start < toMs`. @throws AppError `bad_input` for a stretch that ends before it begins. */
function stretchOf({ from, to }: ObservationQuery): { fromMs?: number; toMs?: number } {
  const fromMs = from === undefined ? undefined : fromMsOf(from);
  const toMs = to === undefined ? undefined : toMsOf(to);
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs)
    throw new AppError('bad_input', `from=${from} 晚于 to=${to},from 应不晚于 to`, { place: 'from' });
  return { fromMs, toMs };
}

function assertSlice(text: string): void {
  try {
    parseSlice(text);
  } catch (error) {
    throw new AppError('bad_input', `分组“${text}”不规范,应为 dim=value;dim=value,维度按字母顺序`, {
      place: 'slice',
      cause: error,
    });
  }
}
