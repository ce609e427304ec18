import { sql } from 'drizzle-orm';
import { stringify } from 'yaml';
import type { MetricDefinition } from '@/metrics/model/definition';
import { canonicalJson } from '@/metrics/model/hash';
import { type DefinitionVersionRow, OFFERED, PUBLISHED, readBody } from '@/server/catalogue/registry';
import type { Context } from '@/server/context';
import { definition } from '@/server/db/schema/registry';

/** A shipped definition that came after an operator's own version, and where it differs from it. */
export interface DefinitionOffer {
  version: number;
  createdAt: Date;
  /** Members in which they differ, as YAML; null where one has no such member. */
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
): DefinitionOffer | null {
  const newest = (status: string) =>
    versions.filter((row) => row.status === status).sort((a, b) => b.version - a.version)[0];
  const offered = newest(OFFERED);
  const shipped = offered && readBody(offered.body);
  if (!shipped || offered.version < (newest(PUBLISHED)?.version ?? 0)) return null;
  const members = [...new Set([...Object.keys(own), ...Object.keys(shipped)])];
  const [mine, theirs] = [new Map(Object.entries(own)), new Map(Object.entries(shipped))];
  return {
    version: offered.version,
    createdAt: offered.createdAt,
    changes: members.flatMap((member) => {
      const [a, b] = [mine.get(member), theirs.get(member)];
      return canonicalJson([a ?? null]) === canonicalJson([b ?? null])
        ? []
        : [{ member, own: textOf(a), shipped: textOf(b) }];
    }),
  };
}

function textOf(value: unknown): string | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : stringify(value, { lineWidth: 0 }).trim();
}
