import { desc, eq } from 'drizzle-orm';
import type { LineageEdge } from '@/metrics/lineage/lineage';
import type { DataState } from '@/metrics/model/data-state';
import type { MetricDefinition } from '@/metrics/model/definition';
import { definitionsToYaml } from '@/metrics/model/definition-yaml';
import type { Finding } from '@/metrics/validate/rule';
import { validateDefinition } from '@/metrics/validate/validate';
import { assertCan } from '@/server/access/roles';
import { assertDomain, domainInScope } from '@/server/access/scope';
import { lineageOfRegistry } from '@/server/catalogue/lineage';
import type { DefinitionVersionRow, RegisteredDefinition } from '@/server/catalogue/registry';
import type { Context } from '@/server/context';
import { allContracts } from '@/server/datasets/registry';
import { definition as definitionTable } from '@/server/db/schema/registry';
import { type Coverage, readCoverage } from '@/server/observations/coverage';
import { type DefinitionOffer, offeredCodes, offerOf } from '@/server/services/definitions/offer';
import { dataStateReader, type ReasonedState } from '@/server/services/desk/state';
import { dimensionTitle } from '@/server/services/desk/words';

export interface DefinitionRow {
  code: string;
  name: string;
  nameEn: string;
  domain: string;
  kind: string;
  unit: string;
  freq: string;
  owner: string;
  version: number;
  state: DataState;
  /** Why there is no number yet, in Chinese; empty where there are some. */
  reasons: string[];
  /** An own version is in force, and the product ships a newer one. */
  offered: boolean;
}

export interface DefinitionVersion {
  version: number;
  status: string;
  hash: string;
  effectiveFrom: Date;
  createdAt: Date;
  createdBy: string;
}

export interface DefinitionDetail extends DefinitionRow {
  hash: string;
  definition: MetricDefinition;
  /** Titles of the dimensions by which it may be sliced, in their order. */
  sliceTitles: string[];
  /** YAML that reads back to the same hash. */
  yaml: string;
  coverage: Coverage | null;
  versions: DefinitionVersion[];
  /** The newer shipped one that lies beside the own version in force. */
  offer: DefinitionOffer | null;
  findings: Finding[];
  /** Metrics it is computed from, and metrics computed from it. */
  uses: { code: string; name: string | null }[];
  usedBy: { code: string; name: string }[];
}

export type DefinitionCounts = Record<DataState | 'total', number>;

/** Every definition of the reader's domains, by code. */
export async function listDefinitions(ctx: Context): Promise<DefinitionRow[]> {
  assertCan(ctx.actor, 'definition:read');
  const [coverage, offered] = await Promise.all([readCoverage(ctx), offeredCodes(ctx)]);
  const stateOf = dataStateReader(ctx);
  return ctx.registry
    .all()
    .filter(({ definition }) => domainInScope(ctx.actor.scope, definition.domain))
    .map((entry) => {
      const { code } = entry.definition;
      return rowOf(entry, stateOf(entry.definition, coverage.has(code)), offered.has(code));
    });
}

export async function countDefinitions(ctx: Context): Promise<DefinitionCounts> {
  const rows = await listDefinitions(ctx);
  const of = (state: DataState) => rows.filter((row) => row.state === state).length;
  return {
    total: rows.length,
    present: of('present'),
    awaiting: of('awaiting'),
    not_computable: of('not_computable'),
  };
}

/** @throws AppError `not_found`, or `forbidden` outside the reader's domains. */
export async function readDefinition(ctx: Context, input: { code: string }): Promise<DefinitionDetail> {
  assertCan(ctx.actor, 'definition:read');
  const entry = ctx.registry.get(input.code);
  const { definition } = entry;
  assertDomain(ctx.actor.scope, definition.domain);
  const [coverage, rows] = await Promise.all([readCoverage(ctx), readVersions(ctx, definition.code)]);
  const known = catalogueOf(ctx);
  const offer = offerOf(definition, rows, (code) => known.get(code)?.name ?? code);
  const all = [...known.values()];
  const lineage = lineageOfRegistry(ctx.registry);
  return {
    ...rowOf(entry, dataStateReader(ctx)(definition, coverage.has(definition.code)), offer !== null),
    hash: entry.hash,
    definition,
    sliceTitles: definition.slices.map((dim) => dimensionTitle(dim, definition)),
    yaml: definitionsToYaml([definition]),
    coverage: coverage.get(definition.code) ?? null,
    versions: rows.map(({ code: _code, body: _body, ...version }) => version),
    offer,
    findings: validateDefinition(definition, all, allContracts()),
    uses: codesOf(lineage.madeOf(definition.code)).map((code) => ({
      code,
      name: known.get(code)?.name ?? null,
    })),
    usedBy: codesOf(lineage.usedBy(definition.code)).map((code) => ({
      code,
      name: known.get(code)?.name ?? code,
    })),
  };
}

function codesOf(edges: readonly LineageEdge[]): string[] {
  return edges.filter(({ role }) => role !== 'weight').map(({ code }) => code);
}

function catalogueOf(ctx: Context): ReadonlyMap<string, MetricDefinition> {
  return new Map(ctx.registry.all().map(({ definition }) => [definition.code, definition]));
}

async function readVersions(ctx: Context, code: string): Promise<DefinitionVersionRow[]> {
  return ctx.db
    .select()
    .from(definitionTable)
    .where(eq(definitionTable.code, code))
    .orderBy(desc(definitionTable.version));
}

function rowOf(
  { definition: d, version }: RegisteredDefinition,
  { state, reasons }: ReasonedState,
  offered: boolean,
): DefinitionRow {
  return {
    code: d.code,
    name: d.name,
    nameEn: d.name_en,
    domain: d.domain,
    kind: d.kind,
    unit: d.unit,
    freq: d.freq,
    owner: d.owner,
    version,
    state,
    reasons,
    offered,
  };
}
