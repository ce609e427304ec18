import { asc } from 'drizzle-orm';
import type { MetricDefinition } from '@/metrics/model/definition';
import { definitionHash } from '@/metrics/model/hash';
import { type Stores, systemActor } from '@/server/context';
import { definition } from '@/server/db/schema/registry';
import { recordAudit } from '@/server/services/audit/record';
import { byCode, type DefinitionVersionRow, OFFERED, PUBLISHED, readBody, SHIPPED_BY } from './registry';

type NewVersion = typeof definition.$inferInsert;

/** What a start made of the shipped definitions, by code. */
export interface Shipped {
  /** Codes that were not there before. */
  added: string[];
  /** The product's own version was in force and the shipped one is another: it is in force from now on. */
  published: string[];
  /** An operator's version is in force: it stays, and the shipped one lies beside it. */
  offered: string[];
}

/**
 * Brings the shipped definitions into the registry, as a careful operator would: a new code as its version 1, in force
 * from ever; another content of the product's own newest version as the next version, in force from now; beside an
 * operator's version as an offer, in force nowhere. What is no longer shipped stays. To be called under the start's lock;
 * a second call changes nothing.
 */
export async function publishShipped(
  { db, clock }: Pick<Stores, 'db' | 'clock'>,
  shipped: readonly MetricDefinition[],
): Promise<Shipped> {
  const now = new Date(clock.nowMs());
  const rows = await db.select().from(definition).orderBy(asc(definition.code), asc(definition.version));
  const known = new Map(byCode(rows).map((versions) => [versions[0]?.code, versions]));
  const made = shipped.flatMap((body) => nextVersion(body, known.get(body.code) ?? [], now) ?? []);
  const of = (chosen: (row: NewVersion) => boolean) => made.filter(chosen).map(({ code }) => code);
  const result = {
    added: of(({ version }) => version === 1),
    published: of(({ version, status }) => version > 1 && status === PUBLISHED),
    offered: of(({ status }) => status === OFFERED),
  };
  if (made.length === 0) return result;
  await db.transaction(async (tx) => {
    await tx.insert(definition).values(made);
    const ctx = { db: tx, clock, actor: systemActor(SHIPPED_BY) };
    for (const { code, version, status, hash } of made) {
      if (version === 1) continue;
      await recordAudit(ctx, {
        action: status === OFFERED ? 'definition.offer' : 'definition.publish',
        entity: 'definition',
        entityId: code,
        details: { version, hash },
      });
    }
  });
  return result;
}

/** The row that a shipped definition needs; null when it is there. */
function nextVersion(
  body: MetricDefinition,
  versions: readonly DefinitionVersionRow[],
  now: Date,
): NewVersion | null {
  const last = versions.at(-1);
  const row = {
    code: body.code,
    hash: definitionHash(body),
    body,
    createdAt: now,
    createdBy: SHIPPED_BY,
  };
  if (!last) return { ...row, version: 1, status: PUBLISHED, effectiveFrom: new Date(0) };
  const inForce = versions.findLast(({ status }) => status === PUBLISHED);
  const own = versions.findLast(({ createdBy }) => createdBy === SHIPPED_BY);
  const mayReplace = inForce === undefined || inForce.createdBy === SHIPPED_BY;
  // Beside an operator's version lies what was offered last, or what he began from: neither is news to him.
  const isThere = (mayReplace ? [inForce] : [inForce, own]).some((one) => one && isSame(one, row.hash));
  if (isThere) return null;
  return {
    ...row,
    version: last.version + 1,
    status: mayReplace ? PUBLISHED : OFFERED,
    effectiveFrom: now,
  };
}

/** Compared as this build reads both: a member that the schema gained with a default since is no other content. */
function isSame({ body }: DefinitionVersionRow, hash: string): boolean {
  const read = readBody(body);
  return read !== undefined && definitionHash(read) === hash;
}
