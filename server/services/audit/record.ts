import type { Actor, Stores } from '@/server/context';
import type { Transaction } from '@/server/db/client';
import { audit } from '@/server/db/schema/access';

export interface AuditEntry {
  /** `entity.verb`, e.g. `load.create`, `auth.sign_in`. */
  action: string;
  entity: string;
  entityId?: string;
  /** Default `success`. */
  outcome?: 'success' | 'failure' | 'refused';
  /** What changed; never a password, token or secret. */
  details?: Record<string, unknown>;
  address?: string | null;
}

/** Appends one entry. Pass the transaction of the change itself, so that neither exists without the other. */
export async function recordAudit(
  ctx: Pick<Stores, 'clock'> & { db: Stores['db'] | Transaction; actor: Actor; address?: string | null },
  entry: AuditEntry,
): Promise<void> {
  await ctx.db.insert(audit).values({
    at: new Date(ctx.clock.nowMs()),
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.id,
    actorName: ctx.actor.name,
    action: entry.action,
    entity: entry.entity,
    entityId: entry.entityId ?? '',
    outcome: entry.outcome ?? 'success',
    address: entry.address ?? ctx.address ?? null,
    details: entry.details ?? {},
  });
}
