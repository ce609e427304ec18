import { z } from 'zod';
import type { MetricDefinition } from '@/metrics/model/definition';
import { DOMAINS, KINDS } from '@/metrics/model/definition-vocabulary';
import { isoOf } from '@/metrics/time/zone';
import { assertCan, can } from '@/server/access/roles';
import { assertDomain, domainInScope } from '@/server/access/scope';
import type { RegisteredDefinition } from '@/server/catalogue/registry';
import type { Context } from '@/server/context';
import { type Coverage, readCoverage } from '@/server/observations/coverage';

export const listMetricsInput = z.object({
  /** Part of the code, a name or the definition's text. */
  q: z.string().trim().max(100).optional(),
  domain: z.enum(DOMAINS, { error: `领域应为 ${DOMAINS.join('、')} 之一` }).optional(),
  kind: z.enum(KINDS, { error: `类型应为 ${KINDS.join('、')} 之一` }).optional(),
  /** Whether there are observations of it. */
  computed: z.enum(['yes', 'no'], { error: 'computed 应为 yes 或 no' }).optional(),
  offset: z.coerce.number({ error: 'offset 应为非负整数' }).int().min(0).default(0),
  limit: z.coerce.number({ error: 'limit 应为 1–500 的整数' }).int().min(1).max(500).default(100),
});
export type ListMetricsInput = z.input<typeof listMetricsInput>;

export interface MetricSummary {
  code: string;
  name: string;
  nameEn: string;
  domain: string;
  kind: string;
  unit: string;
  precision: number;
  freq: string;
  direction: string;
  owner: string;
  version: number;
  /** null: not computed or reported yet, within the reader's regions. */
  coverage: Coverage | null;
}

export interface MetricDetail extends MetricSummary {
  hash: string;
  effectiveFromMs: number;
  definition: MetricDefinition;
}

/** A summary as other systems read it: ISO instants. */
export function publicMetric<Summary extends MetricSummary>(metric: Summary) {
  const { coverage, ...rest } = metric;
  if (!coverage) return { ...rest, coverage: null };
  const { firstPeriodMs, lastPeriodMs, lastVintageMs, levels: _, wholeLevels: __, ...counts } = coverage;
  return {
    ...rest,
    coverage: {
      ...counts,
      firstPeriodStart: isoOf(firstPeriodMs),
      lastPeriodStart: isoOf(lastPeriodMs),
      lastVintage: isoOf(lastVintageMs),
    },
  };
}

/** Those of the reader's domains; with a search text, matches of code and name first. */
export async function listMetrics(
  ctx: Context,
  input: ListMetricsInput,
): Promise<{ total: number; metrics: MetricSummary[] }> {
  assertMayReadDefinitions(ctx);
  const { q, domain, kind, computed, offset, limit } = listMetricsInput.parse(input);
  const coverage = await readCoverage(ctx);
  const needle = q?.toLowerCase() ?? '';
  const found = ctx.registry
    .all()
    .map((entry) => ({ entry, rank: matchRank(entry.definition, needle) }))
    .filter(({ entry: { definition }, rank }) => {
      if (rank === null || !domainInScope(ctx.actor.scope, definition.domain)) return false;
      if (domain && definition.domain !== domain) return false;
      if (kind && definition.kind !== kind) return false;
      return !computed || coverage.has(definition.code) === (computed === 'yes');
    })
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  return {
    total: found.length,
    metrics: found.slice(offset, offset + limit).map(({ entry }) => summaryOf(entry, coverage)),
  };
}

/** @throws AppError `not_found`, or `forbidden` outside the reader's domains. */
export async function getMetric(ctx: Context, input: { code: string }): Promise<MetricDetail> {
  assertMayReadDefinitions(ctx);
  const entry = ctx.registry.get(input.code);
  assertDomain(ctx.actor.scope, entry.definition.domain);
  return {
    ...summaryOf(entry, await readCoverage(ctx)),
    hash: entry.hash,
    effectiveFromMs: entry.effectiveFromMs,
    definition: entry.definition,
  };
}

/** Whoever reads numbers may read what they mean; so may who only checks definitions. */
function assertMayReadDefinitions(ctx: Context): void {
  if (!can(ctx.actor, 'definition:read')) assertCan(ctx.actor, 'metric:read');
}

/** Smaller is better; null: no match. */
function matchRank(definition: MetricDefinition, needle: string): number | null {
  if (needle === '') return 0;
  const { code, name, name_en: nameEn, definition: text } = definition;
  if (code === needle || name.toLowerCase() === needle) return 0;
  if (code.includes(needle) || name.toLowerCase().includes(needle)) return 1;
  if (nameEn.toLowerCase().includes(needle)) return 2;
  return text.toLowerCase().includes(needle) ? 3 : null;
}

function summaryOf(entry: RegisteredDefinition, coverage: Map<string, Coverage>): MetricSummary {
  const { definition: d } = entry;
  return {
    code: d.code,
    name: d.name,
    nameEn: d.name_en,
    domain: d.domain,
    kind: d.kind,
    unit: d.unit,
    precision: d.precision,
    freq: d.freq,
    direction: d.direction,
    owner: d.owner,
    version: entry.version,
    coverage: coverage.get(d.code) ?? null,
  };
}
