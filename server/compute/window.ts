import { z } from 'zod';
import type { Window } from '@/metrics/compile/types';
import type { DatasetContract } from '@/metrics/model/dataset';
import { DAY_MS, HOUR_MS } from '@/metrics/time/zone';
import type { Stores } from '@/server/context';
import type { DatasetEntry } from '@/server/datasets/entry';

/** Deadlines lie ahead of the event, seldom further than this; a mistyped year must not reopen decades. */
const MAX_SPREAD_MS = 400 * DAY_MS;

const range = z.object({ low: z.coerce.number().nullable(), high: z.coerce.number().nullable() });

/**
 * Stretch of every time column over the rows whose business time changed: a ticket accepted in March may be due in
 * April and closed in May, and each of them reopens its own period. Former versions of a row lie in the table until the
 * engine merges them and are looked at too; what was merged away before is healed by the daily recomputation.
 */
export async function affectedWindow(
  stores: Stores,
  entry: DatasetEntry,
  { times, items = [] }: { times: readonly string[]; items?: readonly { item: string; deadline: string }[] },
  changed: Window,
): Promise<Window> {
  const { contract } = entry;
  const inWindow = `${contract.businessTime} >= ${edge(contract, 'from_s')} AND ${contract.businessTime} <= ${edge(contract, 'to_s')}`;
  const others = [
    ...times.filter((time) => time !== contract.businessTime).map((time) => ({ time, where: inWindow })),
    // The deadline may stand on an event of the item that lies long before this one; one of midnight ends the day before.
    ...items.map(({ item, deadline }) => ({
      time: deadline,
      where: `${item} IN (SELECT ${item} FROM ${contract.name} WHERE ${inWindow})`,
    })),
  ];
  let { fromMs, toMs } = changed;
  for (const { time, where } of others) {
    const [row] = await stores.warehouse.jobs.rows({
      name: 'compute_affected',
      sql: `SELECT toInt64(toUnixTimestamp(min(toDateTime(${time}, 'Asia/Shanghai')))) AS low, toInt64(toUnixTimestamp(max(toDateTime(${time}, 'Asia/Shanghai')))) AS high
        FROM ${contract.name} WHERE ${where} AND isNotNull(${time})`,
      params: { from_s: Math.floor(changed.fromMs / 1000), to_s: Math.ceil(changed.toMs / 1000) },
      row: range,
    });
    // Times before 1970 do not exist here; 0 is the minimum over no rows.
    if (!row?.low || !row.high) continue;
    fromMs = Math.min(fromMs, Math.max(row.low * 1000 - 1000, changed.fromMs - MAX_SPREAD_MS));
    toMs = Math.max(toMs, Math.min(row.high * 1000 + 1000, changed.toMs + MAX_SPREAD_MS));
  }
  return { fromMs, toMs: Math.max(Math.min(toMs, stores.clock.nowMs() + 1), fromMs + 1) };
}

/** Business time of the newest row before an instant, null when it is the first. */
export async function rowBefore(
  stores: Stores,
  { contract }: DatasetEntry,
  beforeMs: number,
): Promise<number | null> {
  const time = contract.businessTime;
  const [row] = await stores.warehouse.jobs.rows({
    name: 'compute_row_before',
    sql: `SELECT if(count() = 0, NULL, toInt64(toUnixTimestamp(toDateTime(max(${time}), 'Asia/Shanghai')))) AS low, NULL AS high
      FROM ${contract.name} WHERE ${time} < ${edge(contract, 'before_s')}`,
    params: { before_s: Math.floor(beforeMs / 1000) },
    row: range,
  });
  return row?.low ? row.low * 1000 : null;
}

/** End of the newest instant in some columns of time, of rows whose business time lies not too far before `newestMs`. */
export async function newestOf(
  stores: Stores,
  { contract }: DatasetEntry,
  times: readonly string[],
  newestMs: number,
): Promise<number> {
  const others = times.filter((time) => time !== contract.businessTime);
  if (others.length === 0) return newestMs;
  const [row] = await stores.warehouse.jobs.rows({
    name: 'compute_newest',
    sql: `SELECT NULL AS low, greatest(${others.map((time) => `toInt64(toUnixTimestamp(toDateTime(ifNull(max(${time}), 0), 'Asia/Shanghai')))`).join(', ')}, 0) AS high
      FROM ${contract.name} WHERE ${contract.businessTime} >= ${edge(contract, 'from_s')}`,
    params: { from_s: Math.floor((newestMs - MAX_SPREAD_MS) / 1000) },
    row: range,
  });
  return Math.max(newestMs, row?.high ? row.high * 1000 + 1000 : 0);
}

/** End of the newest day for which the dataset gave one of some stocks a value; 0 when it never did. */
export async function newestStockDay(
  stores: Stores,
  dataset: string,
  metrics: readonly string[],
): Promise<number> {
  if (metrics.length === 0) return 0;
  const [row] = await stores.warehouse.jobs.rows({
    name: 'compute_newest_stock',
    sql: `SELECT NULL AS low, toInt64(toUnixTimestamp(max(period))) AS high FROM observation
      WHERE metric IN {metrics:Array(String)} AND freq = 'D' AND basis = 'point' AND measure = 'level' AND slice = ''
        AND source = {dataset:String} AND isNotNull(value)`,
    params: { metrics: [...metrics], dataset },
    row: range,
  });
  return row?.high ? row.high * 1000 + DAY_MS : 0;
}

/**
 * First event of the items with one in a changed stretch whose events differ in place or slice; without any, the stretch's
 * own beginning. Former versions count as long as the engine has not merged them.
 */
export async function firstOfItems(
  stores: Stores,
  { contract }: DatasetEntry,
  item: string,
  changed: Window,
): Promise<number> {
  const { businessTime: time, name } = contract;
  const [row] = await stores.warehouse.jobs.rows({
    name: 'compute_first_of_items',
    sql: `SELECT NULL AS high, toInt64(toUnixTimestamp(toDateTime(min(first_at), 'Asia/Shanghai'))) AS low FROM (
        SELECT min(${time}) AS first_at FROM ${name}
        WHERE ${item} IN (SELECT ${item} FROM ${name} WHERE ${time} >= ${edge(contract, 'from_s')} AND ${time} <= ${edge(contract, 'to_s')})
        GROUP BY ${item} HAVING uniqExact((${[contract.regionColumn, ...contract.dims].join(', ')})) > 1
      )`,
    params: { from_s: Math.floor(changed.fromMs / 1000), to_s: Math.ceil(changed.toMs / 1000) },
    row: range,
  });
  return row?.low ? row.low * 1000 : changed.fromMs;
}

function edge(contract: DatasetContract, name: string): string {
  const column = contract.columns.find((one) => one.name === contract.businessTime);
  const instant = `toDateTime({${name}:Int64}, 'Asia/Shanghai')`;
  return column?.type === 'date' ? `toDate(${instant})` : instant;
}

/** Stretch of time that a dataset's rows speak of, null while it is empty. A label at the end of an hour is its last instant. */
export async function datasetSpan(
  stores: Pick<Stores, 'warehouse'>,
  entry: DatasetEntry,
  lane: 'jobs' | 'screens' = 'jobs',
): Promise<Window | null> {
  const { contract } = entry;
  const time = contract.businessTime;
  // Bare minimum and maximum of the column that partitions the table come from its metadata, whatever its size.
  const seconds = (extreme: 'min' | 'max') =>
    `if(count() = 0, NULL, toInt64(toUnixTimestamp(toDateTime(${extreme}(${time}), 'Asia/Shanghai'))))`;
  const [row] = await stores.warehouse[lane].rows({
    name: 'compute_dataset_span',
    sql: `SELECT ${seconds('min')} AS low, ${seconds('max')} AS high FROM ${contract.name}`,
    row: range,
  });
  if (!row?.low || !row.high) return null;
  const shiftMs = entry.labelsHourEnd ? HOUR_MS : 0;
  return { fromMs: row.low * 1000 - shiftMs, toMs: row.high * 1000 - shiftMs + 1000 };
}

/** Among the rows of so long after the earliest time that metadata know the first that counts lies as a rule. */
const FIRST_ROWS_MS = 31 * DAY_MS;

/**
 * Business time of the first row that counts, null without any; `lowMs` is what metadata know, of rows that were taken
 * back as well. All rows are read only when none of the first ones counts.
 */
export async function firstRow(
  stores: Stores,
  { contract }: DatasetEntry,
  lowMs: number,
): Promise<number | null> {
  const time = contract.businessTime;
  for (const untilMs of [lowMs + FIRST_ROWS_MS, stores.clock.nowMs() + DAY_MS]) {
    const [row] = await stores.warehouse.jobs.rows({
      name: 'compute_first_row',
      sql: `SELECT if(count() = 0, NULL, toInt64(toUnixTimestamp(toDateTime(min(${time}), 'Asia/Shanghai')))) AS low, NULL AS high
        FROM ${contract.name} FINAL WHERE ${time} < ${edge(contract, 'until_s')}`,
      params: { until_s: Math.floor(untilMs / 1000) },
      row: range,
    });
    if (row?.low) return row.low * 1000;
  }
  return null;
}

/** Most values a slice may have before it stops being a slice and becomes a list of rows. */
const MAX_SLICE_VALUES = 200;

/** The newest rows tell how many values a slice has; all of them would be read again for every late row. */
const SLICE_SAMPLE_MS = 31 * DAY_MS;

/** Slices whose column holds too many values, with the reason; `arrivedMs` is the newest business time. */
export async function excludedSlices(
  stores: Stores,
  contract: DatasetContract,
  slices: readonly string[],
  arrivedMs: number,
): Promise<{ slice: string; reason: string }[]> {
  const columns = slices.filter((slice) => contract.columns.some((column) => column.name === slice));
  if (columns.length === 0) return [];
  const [row] = await stores.warehouse.jobs.rows({
    name: 'compute_slice_sizes',
    sql: `SELECT ${columns.map((column) => `uniq(${column}) AS ${column}`).join(', ')} FROM ${contract.name}
      WHERE ${contract.businessTime} >= ${edge(contract, 'from_s')}`,
    params: { from_s: Math.floor((arrivedMs - SLICE_SAMPLE_MS) / 1000) },
    row: z.record(z.string(), z.coerce.number()),
  });
  return columns.flatMap((slice) => {
    const size = row?.[slice] ?? 0;
    if (size <= MAX_SLICE_VALUES) return [];
    return [{ slice, reason: `分组 ${slice} 约有 ${size} 个取值,超过 ${MAX_SLICE_VALUES} 个,不按它分组` }];
  });
}
