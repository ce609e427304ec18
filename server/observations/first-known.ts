import { z } from 'zod';
import { regionCondition } from '@/server/access/scope';
import type { Context } from '@/server/context';

/** When the first value of any of the metrics became known in the reader's regions; null when there is none yet. */
export async function firstKnownMs(ctx: Context, metrics: readonly string[]): Promise<number | null> {
  const scope = regionCondition(ctx.actor.scope);
  const [row] = await ctx.warehouse.screens.rows({
    name: 'observation_first_known',
    sql: `SELECT count() AS known, toUnixTimestamp64Milli(min(vintage)) AS first_ms
      FROM observation
      WHERE metric IN {metrics:Array(String)} AND value IS NOT NULL AND measure IN ('level', 'yoy') AND ${scope.sql}`,
    params: { metrics: [...metrics], ...scope.params },
    row: z.object({ known: z.coerce.number().int(), first_ms: z.coerce.number().int() }),
  });
  return row && row.known > 0 ? row.first_ms : null;
}
