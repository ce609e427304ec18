import type { Context } from '@/server/context';
import { messageOf } from '@/server/redacted';
import { type AuditEntry, recordAudit } from '@/server/services/audit/record';

/** Runs what a command does and writes down that it was done, or that it failed and why. */
export async function audited<T>(
  ctx: Context,
  entry: Pick<AuditEntry, 'action' | 'entity' | 'entityId' | 'details'>,
  work: () => Promise<T>,
  outcomeOf: (result: T) => Record<string, unknown>,
): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    const details = { ...entry.details, error: messageOf(error) };
    // What failed is to be told even where the audit cannot be written any more.
    await recordAudit(ctx, { ...entry, outcome: 'failure', details }).catch(() => undefined);
    throw error;
  }
  await recordAudit(ctx, { ...entry, details: { ...entry.details, ...outcomeOf(result) } });
  return result;
}
