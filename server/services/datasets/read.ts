import { and, desc, eq } from 'drizzle-orm';
import type { DatasetContract } from '@/metrics/model/dataset';
import { assertCan } from '@/server/access/roles';
import { lineageOfRegistry } from '@/server/catalogue/lineage';
import type { Context } from '@/server/context';
import { COMMON_COLUMNS } from '@/server/datasets/columns';
import { OFFICIAL_FIGURE } from '@/server/datasets/official-figure';
import { allDatasets, getDataset } from '@/server/datasets/registry';
import { datasetLoad } from '@/server/db/schema/ingest';
import { readReleases } from '@/server/services/calendar/releases';
import { assertDataset, datasetsInScope } from '@/server/services/datasets/scope';
import { type RowSpan, readSpan } from '@/server/services/datasets/span';
import { visibleTo } from '@/server/services/loads/visible';

const DAY_MS = 86_400_000;

export interface LastLoad {
  id: string;
  fileName: string;
  origin: string;
  provenance: string;
  status: string;
  acceptedRows: number;
  rejectedRows: number;
  receivedAt: Date;
  finishedAt: Date | null;
  error: string | null;
}

/**
 * Of the rows: `stale`: the newest is older than the lateness limit allows; `undated`: none has a business time yet, as
 * of cases that were not taken up; `empty`: there is none.
 */
export type Freshness = 'fresh' | 'stale' | 'undated' | 'empty';

/** Releases of the metrics that live on a dataset, as the release calendar has them. */
export interface ReleaseCounts {
  late: number;
  overdue: number;
}

export interface DatasetSummary {
  name: string;
  title: string;
  grain: string;
  owner: string;
  classification: DatasetContract['classification'];
  businessTime: string;
  latenessDays: number;
  span: RowSpan;
  freshness: Freshness;
  releases: ReleaseCounts;
  /** Of the loads the reader may see: the newest whatever became of it, and the newest that counts. */
  lastLoad: LastLoad | null;
  lastCommitted: LastLoad | null;
}

export interface DatasetDetail extends DatasetSummary {
  contract: DatasetContract;
  /** Columns every dataset takes beside its own. */
  commonColumns: DatasetContract['columns'];
  /** Text taken when a source leaves out a column that may not be null. */
  defaults: Readonly<Record<string, string>>;
}

/** Those of the reader's domains. */
export async function listDatasets(ctx: Context): Promise<DatasetSummary[]> {
  assertCan(ctx.actor, 'dataset:read');
  const admitted = datasetsInScope(ctx);
  const releases = await countReleases(ctx);
  return Promise.all(
    allDatasets()
      .filter(({ contract }) => admitted?.includes(contract.name) ?? true)
      .map(({ contract }) => summaryOf(ctx, contract, releases)),
  );
}

/** @throws AppError `not_found` naming the datasets there are, `forbidden` outside the reader's domains. */
export async function readDataset(ctx: Context, input: { name: string }): Promise<DatasetDetail> {
  assertCan(ctx.actor, 'dataset:read');
  const { contract, defaults } = getDataset(input.name);
  assertDataset(ctx, input.name);
  const summary = await summaryOf(ctx, contract, await countReleases(ctx));
  return { ...summary, contract, commonColumns: COMMON_COLUMNS, defaults };
}

async function summaryOf(
  ctx: Context,
  contract: DatasetContract,
  releases: ReadonlyMap<string, ReleaseCounts>,
): Promise<DatasetSummary> {
  const [span, lastLoad, lastCommitted] = await Promise.all([
    readSpan(ctx, contract),
    newestLoad(ctx, contract.name),
    newestLoad(ctx, contract.name, 'committed'),
  ]);
  const { name, title, grain, owner, classification, businessTime, latenessDays } = contract;
  return {
    name,
    title,
    grain,
    owner,
    classification,
    businessTime,
    latenessDays,
    span,
    freshness: freshnessOf(span, latenessDays, ctx.clock.nowMs()),
    releases: releases.get(name) ?? { late: 0, overdue: 0 },
    lastLoad,
    lastCommitted,
  };
}

function freshnessOf({ rows, lastMs }: RowSpan, latenessDays: number, nowMs: number): Freshness {
  if (lastMs === null) return rows === 0 ? 'empty' : 'undated';
  return nowMs - lastMs > latenessDays * DAY_MS ? 'stale' : 'fresh';
}

/**
 * What is late by dataset: that of every metric whose numbers go back to it, so that a dataset never says 按期 while the
 * calendar misses something of it. A dataset that never was loaded owes nothing: such figures came as published.
 */
async function countReleases(ctx: Context): Promise<Map<string, ReleaseCounts>> {
  const lineage = lineageOfRegistry(ctx.registry);
  const loaded = await loadedDatasets(ctx);
  const counts = new Map<string, ReleaseCounts>();
  for (const { metric, state } of (await readReleases(ctx)).releases) {
    if (state !== 'late' && state !== 'overdue') continue;
    const { datasets: origins, reported } = lineage.origins(metric);
    const datasets = origins.filter((name) => loaded.has(name));
    const isReported = reported.length > 0 || ctx.registry.get(metric).definition.kind === 'reported';
    const isPublished = isReported || datasets.length === 0;
    for (const name of isPublished ? [...datasets, OFFICIAL_FIGURE] : datasets) {
      const found = counts.get(name) ?? { late: 0, overdue: 0 };
      counts.set(name, { ...found, [state]: found[state] + 1 });
    }
  }
  return counts;
}

async function loadedDatasets(ctx: Context): Promise<Set<string>> {
  const rows = await ctx.db
    .selectDistinct({ dataset: datasetLoad.dataset })
    .from(datasetLoad)
    .where(eq(datasetLoad.status, 'committed'));
  return new Set(rows.map(({ dataset }) => dataset));
}

async function newestLoad(ctx: Context, dataset: string, status?: string): Promise<LastLoad | null> {
  const [found] = await ctx.db
    .select({
      id: datasetLoad.id,
      fileName: datasetLoad.fileName,
      origin: datasetLoad.origin,
      provenance: datasetLoad.provenance,
      status: datasetLoad.status,
      acceptedRows: datasetLoad.acceptedRows,
      rejectedRows: datasetLoad.rejectedRows,
      receivedAt: datasetLoad.receivedAt,
      finishedAt: datasetLoad.finishedAt,
      error: datasetLoad.error,
    })
    .from(datasetLoad)
    .where(
      and(
        eq(datasetLoad.dataset, dataset),
        visibleTo(ctx),
        status ? eq(datasetLoad.status, status) : undefined,
      ),
    )
    .orderBy(desc(datasetLoad.receivedAt))
    .limit(1);
  return found ?? null;
}
