import { and, desc, eq, gte, ilike, lt, or, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { assertCan } from '@/server/access/roles';
import type { Context } from '@/server/context';
import { audit } from '@/server/db/schema/access';

export const listAuditInput = z.object({
  /** Part of the actor's name or the entity's id. */
  search: z.string().trim().max(100).optional(),
  /** A whole action (`load.create`) or its entity with a dot (`auth.`). */
  action: z.string().max(64).optional(),
  entity: z.string().max(64).optional(),
  actorId: z.string().max(64).optional(),
  outcome: z.enum(['success', 'failure', 'refused']).optional(),
  from: z.date().optional(),
  to: z.date().optional(),
  /** `nextCursor` of the page before. */
  cursor: z.number().int().positive().optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type ListAuditInput = z.input<typeof listAuditInput>;
export type AuditRow = typeof audit.$inferSelect;

/** Newest first. Pages by position, not by number: entries that arrive meanwhile shift nothing. */
export async function listAudit(
  ctx: Context,
  input: ListAuditInput,
): Promise<{ entries: AuditRow[]; nextCursor: number | null }> {
  assertCan(ctx.actor, 'audit:read');
  const { limit, ...filter } = listAuditInput.parse(input);
  const rows = await ctx.db
    .select()
    .from(audit)
    .where(and(...conditions(filter)))
    .orderBy(desc(audit.id))
    .limit(limit + 1);
  const entries = rows.slice(0, limit);
  return { entries, nextCursor: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}

function conditions(filter: Omit<z.infer<typeof listAuditInput>, 'limit'>): (SQL | undefined)[] {
  const { search, action, entity, actorId, outcome, from, to, cursor } = filter;
  const pattern = search ? `%${escapeLike(search)}%` : undefined;
  return [
    pattern ? or(ilike(audit.actorName, pattern), ilike(audit.entityId, pattern)) : undefined,
    action?.endsWith('.')
      ? ilike(audit.action, `${escapeLike(action)}%`)
      : action
        ? eq(audit.action, action)
        : undefined,
    entity ? eq(audit.entity, entity) : undefined,
    actorId ? eq(audit.actorId, actorId) : undefined,
    outcome ? eq(audit.outcome, outcome) : undefined,
    from ? gte(audit.at, from) : undefined,
    to ? lt(audit.at, to) : undefined,
    cursor ? lt(audit.id, cursor) : undefined,
  ];
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (c) => `\\${c}`);
}
