import { and, desc, eq } from 'drizzle-orm';
import type { DatasetContract } from '@/metrics/model/dataset';
import { assertCan } from '@/server/access/roles';
import type { Context } from '@/server/context';
import { COMMON_COLUMNS } from '@/server/datasets/columns';
import { allDatasets, getDataset } from '@/server/datasets/registry';
import { datasetLoad } from '@/server/db/schema/ingest';
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

/** `overdue`: the newest row is older than the lateness limit allows; `empty`: no row at all. */
export type Freshness = 'fresh' | 'overdue' | 'empty';

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
  return Promise.all(
    allDatasets()
      .filter(({ contract }) => admitted?.includes(contract.name) ?? true)
      .map(({ contract }) => summaryOf(ctx, contract)),
  );
}

/** @throws AppError `not_found` naming the datasets there are, `forbidden` outside the reader's domains. */
export async function readDataset(ctx: Context, input: { name: string }): Promise<DatasetDetail> {
  assertCan(ctx.actor, 'dataset:read');
  const { contract, defaults } = getDataset(input.name);
  assertDataset(ctx, input.name);
  return { ...(await summaryOf(ctx, contract)), contract, commonColumns: COMMON_COLUMNS, defaults };
}

async function summaryOf(ctx: Context, contract: DatasetContract): Promise<DatasetSummary> {
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
    lastLoad,
    lastCommitted,
  };
}

function freshnessOf({ lastMs }: RowSpan, latenessDays: number, nowMs: number): Freshness {
  if (lastMs === null) return 'empty';
  return nowMs - lastMs > latenessDays * DAY_MS ? 'overdue' : 'fresh';
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
