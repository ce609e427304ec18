import { and, desc, eq, lt, or } from 'drizzle-orm';
import { z } from 'zod';
import { assertCan } from '@/server/access/roles';
import type { Context } from '@/server/context';
import { datasetLoad } from '@/server/db/schema/ingest';
import { summaryOf } from './get';
import { mendedOf, NOT_MENDED } from './mended';
import type { LoadSummary } from './types';
import { visibleTo } from './visible';

/** The last instant of the year 9999. */
const LAST_INSTANT_MS = 253_402_300_799_999;

export const listLoadsInput = z.object({
  dataset: z.string().optional(),
  status: z.enum(['received', 'staged', 'committed', 'failed']).optional(),
  /** Loads received before this one follow. */
  after: z.object({ receivedAtMs: z.number().int().min(0).max(LAST_INSTANT_MS), id: z.string() }).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});

/** Loads that the actor may see, newest first. */
export async function listLoads(
  ctx: Context,
  given: z.input<typeof listLoadsInput>,
): Promise<{ loads: LoadSummary[]; next: { receivedAtMs: number; id: string } | null }> {
  assertCan(ctx.actor, 'load:read');
  const input = listLoadsInput.parse(given);
  const { after } = input;
  const rows = await ctx.db
    .select()
    .from(datasetLoad)
    .where(
      and(
        visibleTo(ctx),
        input.dataset === undefined ? undefined : eq(datasetLoad.dataset, input.dataset),
        input.status === undefined ? undefined : eq(datasetLoad.status, input.status),
        after &&
          or(
            lt(datasetLoad.receivedAt, new Date(after.receivedAtMs)),
            and(eq(datasetLoad.receivedAt, new Date(after.receivedAtMs)), lt(datasetLoad.id, after.id)),
          ),
      ),
    )
    .orderBy(desc(datasetLoad.receivedAt), desc(datasetLoad.id))
    .limit(input.limit + 1);
  const page = rows.slice(0, input.limit);
  const mended = await mendedOf(ctx, page);
  const loads = page.map((row) => summaryOf(row, mended.get(row.id) ?? NOT_MENDED));
  const last = rows.length > input.limit ? loads.at(-1) : undefined;
  return { loads, next: last ? { receivedAtMs: last.receivedAtMs, id: last.id } : null };
}
