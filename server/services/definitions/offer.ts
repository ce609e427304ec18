import { sql } from 'drizzle-orm';
import type { MetricDefinition } from '@/metrics/model/definition';
import { type DefinitionVersionRow, OFFERED, PUBLISHED, readBody } from '@/server/catalogue/registry';
import type { Context } from '@/server/context';
import { definition } from '@/server/db/schema/registry';
import { differencesOf } from '@/server/services/definitions/differences';

/** A shipped definition that came after an operator's own version, and where it differs from it. */
export interface DefinitionOffer {
  version: number;
  createdAt: Date;
  /** Members in which they differ, in words; null where one has no such member. */
  changes: { member: string; own: string | null; shipped: string | null }[];
}

/** Codes whose own version is in force while the product ships a newer one. */
export async function offeredCodes(ctx: Pick<Context, 'db'>): Promise<ReadonlySet<string>> {
  const newest = (status: string) =>
    sql`max(${definition.version}) FILTER (WHERE ${definition.status} = ${status})`;
  const rows = await ctx.db
    .select({ code: definition.code })
    .from(definition)
    .groupBy(definition.code)
    .having(sql`${newest(OFFERED)} > ${newest(PUBLISHED)}`);
  return new Set(rows.map(({ code }) => code));
}

/** The offer beside the definition in force; null when there is none since that was published. */
export function offerOf(
  own: MetricDefinition,
  versions: readonly DefinitionVersionRow[],
  nameOf: (code: string) => string,
): DefinitionOffer | null {
  const newest = (status: string) =>
    versions.filter((row) => row.status === status).sort((a, b) => b.version - a.version)[0];
  const offered = newest(OFFERED);
  const shipped = offered && readBody(offered.body);
  if (!shipped || offered.version < (newest(PUBLISHED)?.version ?? 0)) return null;
  return {
    version: offered.version,
    createdAt: offered.createdAt,
    changes: differencesOf(own, shipped, nameOf).map(({ member, before, after }) => ({
      member,
      own: before,
      shipped: after,
    })),
  };
}
