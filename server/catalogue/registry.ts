import { asc, eq } from 'drizzle-orm';
import { type MetricDefinition, parseDefinition } from '@/metrics/model/definition';
import { definitionHash } from '@/metrics/model/hash';
import type { Database } from '@/server/db/client';
import { definition } from '@/server/db/schema/registry';
import { AppError } from '@/server/errors';

export interface RegisteredDefinition {
  version: number;
  hash: string;
  effectiveFromMs: number;
  definition: MetricDefinition;
}

/** The published definitions, in memory: every read needs a metric's unit, rules and domain. */
export interface Registry {
  all(): readonly RegisteredDefinition[];
  find(code: string): RegisteredDefinition | undefined;
  /** @throws AppError `not_found`. */
  get(code: string): RegisteredDefinition;
}

const PUBLISHED = 'published';

/**
 * Brings the shipped definitions into the registry as version 1 and returns the published ones. A definition that is
 * registered already is left alone: from then on it is the operators'.
 */
export async function loadRegistry(
  db: Database,
  shipped: readonly MetricDefinition[],
  nowMs: number,
): Promise<Registry> {
  const now = new Date(nowMs);
  if (shipped.length > 0) {
    await db
      .insert(definition)
      .values(
        shipped.map((body) => ({
          code: body.code,
          version: 1,
          status: PUBLISHED,
          hash: definitionHash(body),
          body,
          effectiveFrom: new Date(0),
          createdAt: now,
          createdBy: 'shipped catalogue',
        })),
      )
      .onConflictDoNothing();
  }
  const rows = await db
    .select()
    .from(definition)
    .where(eq(definition.status, PUBLISHED))
    .orderBy(asc(definition.code), asc(definition.version));
  const newest = new Map<string, RegisteredDefinition>();
  for (const row of rows) {
    newest.set(row.code, {
      version: row.version,
      hash: row.hash,
      effectiveFromMs: row.effectiveFrom.getTime(),
      definition: parseDefinition(row.body),
    });
  }
  return registryOf([...newest.values()]);
}

export function registryOf(definitions: readonly RegisteredDefinition[]): Registry {
  const byCode = new Map(definitions.map((entry) => [entry.definition.code, entry]));
  return {
    all: () => definitions,
    find: (code) => byCode.get(code),
    get: (code) => {
      const found = byCode.get(code);
      if (!found) throw new AppError('not_found', `没有指标 ${code}`, { place: 'metric' });
      return found;
    },
  };
}
