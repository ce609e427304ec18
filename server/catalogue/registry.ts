import { asc, eq } from 'drizzle-orm';
import { countsAlike } from '@/metrics/model/counting';
import { type MetricDefinition, metricDefinitionSchema } from '@/metrics/model/definition';
import type { Database } from '@/server/db/client';
import { definition } from '@/server/db/schema/registry';
import { AppError } from '@/server/errors';
import type { Log } from '@/server/log';

/** From when on numbers are counted as a version says, and carry its number. */
export interface Counting {
  version: number;
  fromMs: number;
}

export interface RegisteredDefinition {
  version: number;
  hash: string;
  effectiveFromMs: number;
  definition: MetricDefinition;
  /**
   * The versions that changed what is counted, oldest first. A later one that the product shipped with other words alone
   * is not among them: its numbers carry the version that they compare with, and none is computed again.
   */
  countings: readonly [Counting, ...Counting[]];
}

/** The published definitions, in memory: every read needs a metric's unit, rules and domain. */
export interface Registry {
  all(): readonly RegisteredDefinition[];
  find(code: string): RegisteredDefinition | undefined;
  /** @throws AppError `not_found`. */
  get(code: string): RegisteredDefinition;
}

export const PUBLISHED = 'published';
/** A shipped definition that an installation with one of its own was not given: it is in force nowhere. */
export const OFFERED = 'offered';
/** Who made the versions that came with the product. */
export const SHIPPED_BY = 'shipped catalogue';

export type DefinitionVersionRow = typeof definition.$inferSelect;

/** The newest published version of every code. One that this build cannot read is left out, and said so in the log. */
export async function loadRegistry(db: Database, log?: Log): Promise<Registry> {
  const rows = await db
    .select()
    .from(definition)
    .where(eq(definition.status, PUBLISHED))
    .orderBy(asc(definition.code), asc(definition.version));
  const registered: RegisteredDefinition[] = [];
  for (const versions of byCode(rows)) {
    const entry = entryOf(versions);
    if (entry) registered.push(entry);
    else log?.error({ code: versions[0]?.code }, 'a registered definition cannot be read by this build');
  }
  return registryOf(registered);
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

/** Definitions with the version that their numbers carry from now on. */
export function countedDefinitions(registry: Registry): { definition: MetricDefinition; version: number }[] {
  return registry
    .all()
    .map((entry) => ({ definition: entry.definition, version: countingOf(entry).version }));
}

/** What is counted as of an instant; default: now and from now on. */
export function countingOf({ countings }: RegisteredDefinition, atMs = Number.POSITIVE_INFINITY): Counting {
  return countings.findLast(({ fromMs }) => fromMs <= atMs) ?? countings[0];
}

/** A stored body as this build reads it; undefined where it no longer does. */
export function readBody(body: unknown): MetricDefinition | undefined {
  const read = metricDefinitionSchema.safeParse(body);
  return read.success ? read.data : undefined;
}

export function byCode<Row extends { code: string }>(rows: readonly Row[]): Row[][] {
  const codes = new Map<string, Row[]>();
  for (const row of rows) codes.set(row.code, [...(codes.get(row.code) ?? []), row]);
  return [...codes.values()];
}

function entryOf(versions: readonly DefinitionVersionRow[]): RegisteredDefinition | null {
  const newest = versions.at(-1);
  const body = newest && readBody(newest.body);
  if (!newest || !body) return null;
  const [first, ...later] = versions.filter((row, i) => {
    const before = versions[i - 1];
    return !before || row.createdBy !== SHIPPED_BY || !countAlike(before, row);
  });
  if (!first) return null;
  return {
    version: newest.version,
    hash: newest.hash,
    effectiveFromMs: newest.effectiveFrom.getTime(),
    definition: body,
    countings: [counting(first), ...later.map(counting)],
  };
}

function counting({ version, effectiveFrom }: DefinitionVersionRow): Counting {
  return { version, fromMs: effectiveFrom.getTime() };
}

function countAlike(before: DefinitionVersionRow, after: DefinitionVersionRow): boolean {
  const [a, b] = [readBody(before.body), readBody(after.body)];
  return a !== undefined && b !== undefined && countsAlike(a, b);
}
