import { z } from 'zod';
import { regionCondition } from '@/server/access/scope';
import type { Context } from '@/server/context';

/** Dimensions of a cell whose values a reader may name. */
export type Dimension = 'freq' | 'basis' | 'measure' | 'slice';

/** Every value that a dimension has in the observations of some metrics, of any time, within the reader's regions. */
export async function valuesOf(
  ctx: Context,
  metrics: readonly string[],
  dimension: Dimension,
): Promise<string[]> {
  const scope = regionCondition(ctx.actor.scope);
  const rows = await ctx.warehouse.screens.rows({
    name: 'observation_dimension',
    sql: `SELECT DISTINCT toString(${dimension}) AS value FROM observation
      WHERE metric IN {metrics:Array(String)} AND ${scope.sql} ORDER BY value`,
    params: { metrics: [...metrics], ...scope.params },
    row: z.object({ value: z.string() }),
  });
  return rows.map(({ value }) => value);
}
