import { and, asc, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '@/server/context';
import { datasetLoad } from '@/server/db/schema/ingest';
import type { LoadRow } from '@/server/ingest/load';
import type { Mended } from './types';
import { visibleTo } from './visible';

export const NOT_MENDED: Mended = { rows: 0, known: 0, loads: [] };

/** Notes of committed loads about rows that really were rejected: a file may carry any `_row`. */
const NOTED = `mended_row
  WHERE load_id IN {loads:Array(UUID)} AND by_load_id IN {by:Array(UUID)} AND (load_id, row_number) IN
    (SELECT load_id, row_number FROM quarantine_row WHERE load_id IN {loads:Array(UUID)})`;

/**
 * What later loads made of the rejected rows of these, by load id; a load of which nothing was mended is left out. Rows
 * are known one by one where the mended file carried `_row` along; of a file without it, what it brought counts.
 */
export async function mendedOf(ctx: Context, loads: readonly LoadRow[]): Promise<Map<string, Mended>> {
  const rejected = loads.filter((one) => one.rejectedRows > 0);
  const mending = await mendingLoads(
    ctx,
    rejected.map(({ id }) => id),
  );
  if (mending.length === 0) return new Map();
  const params = { loads: rejected.map(({ id }) => id), by: mending.map(({ row }) => row.id) };
  const [byLoad, totals] = await Promise.all([
    ctx.warehouse.screens.rows({
      name: 'mended_rows_by_load',
      sql: `SELECT toString(load_id) AS id, toString(by_load_id) AS by_id, toUInt32(uniqExact(row_number)) AS n
        FROM ${NOTED} GROUP BY id, by_id ORDER BY id, by_id`,
      params,
      row: z.object({ id: z.string(), by_id: z.string(), n: z.number() }),
    }),
    ctx.warehouse.screens.rows({
      name: 'mended_rows',
      sql: `SELECT toString(load_id) AS id, toUInt32(uniqExact(row_number)) AS n
        FROM ${NOTED} GROUP BY id ORDER BY id`,
      params,
      row: z.object({ id: z.string(), n: z.number() }),
    }),
  ]);
  const found = new Map<string, Mended>();
  for (const { id, rejectedRows } of rejected) {
    const of = mending.filter(({ row }) => row.mendsLoadId === id);
    if (of.length === 0) continue;
    const noted = totals.find((one) => one.id === id)?.n ?? 0;
    const counted = of.map(({ row, visible }) => ({
      row,
      visible,
      noted: byLoad.find((one) => one.by_id === row.id)?.n ?? null,
    }));
    const unnoted = counted.reduce((sum, one) => sum + (one.noted === null ? brought(one.row) : 0), 0);
    found.set(id, {
      rows: Math.min(rejectedRows, noted + unnoted),
      known: noted,
      loads: counted
        .filter(({ visible }) => visible)
        .map(({ row, noted: rows }) => ({
          id: row.id,
          fileName: row.fileName,
          receivedAtMs: row.receivedAt.getTime(),
          rows: rows ?? brought(row),
          rejected: row.rejectedRows,
        })),
    });
  }
  return found;
}

/** Rows of a load's quarantine that no later load is known to have taken in. */
export async function unmendedRows(
  ctx: Context,
  loadId: string,
): Promise<{ condition: string; params: Record<string, string[]> }> {
  const by = (await mendingLoads(ctx, [loadId])).map(({ row }) => row.id);
  if (by.length === 0) return { condition: 'true', params: {} };
  const condition = `row_number NOT IN (SELECT row_number FROM ${NOTED})`;
  return { condition, params: { loads: [loadId], by } };
}

/** The load that took a rejected row in, by row number, for rows from one to another; the first where there are several. */
export async function mendedRowsOf(
  ctx: Context,
  loadId: string,
  rows: { from: number; to: number },
): Promise<Map<number, string>> {
  const mending = await mendingLoads(ctx, [loadId]);
  if (mending.length === 0) return new Map();
  const order = mending.map(({ row }) => row.id);
  const noted = await ctx.warehouse.screens.rows({
    name: 'mended_rows_of_page',
    sql: `SELECT DISTINCT row_number, toString(by_load_id) AS by_id
      FROM ${NOTED} AND row_number >= {from:UInt32} AND row_number <= {to:UInt32} ORDER BY row_number, by_id`,
    params: { loads: [loadId], by: order, ...rows },
    row: z.object({ row_number: z.number(), by_id: z.string() }),
  });
  noted.sort((a, b) => order.indexOf(b.by_id) - order.indexOf(a.by_id));
  return new Map(noted.map((one) => [one.row_number, one.by_id]));
}

function brought(row: LoadRow): number {
  return row.acceptedRows + row.correctedRows;
}

/** Committed loads that mend one of these, oldest first, with whether the actor may see them. */
async function mendingLoads(
  ctx: Context,
  ids: readonly string[],
): Promise<{ row: LoadRow; visible: boolean }[]> {
  if (ids.length === 0) return [];
  const mends = and(inArray(datasetLoad.mendsLoadId, [...ids]), eq(datasetLoad.status, 'committed'));
  const rows = await ctx.db
    .select()
    .from(datasetLoad)
    .where(mends)
    .orderBy(asc(datasetLoad.receivedAt), asc(datasetLoad.id));
  if (rows.length === 0) return [];
  const seen = await ctx.db
    .select({ id: datasetLoad.id })
    .from(datasetLoad)
    .where(and(mends, visibleTo(ctx)));
  const visible = new Set(seen.map(({ id }) => id));
  return rows.map((row) => ({ row, visible: visible.has(row.id) }));
}
