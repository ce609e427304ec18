import type { Context } from '@/server/context';
import { datasetTitle } from '@/server/datasets/registry';
import { LOAD_ORIGINS, type LoadRow, type LoadStatus, PROVENANCES } from '@/server/ingest/load';
import { mendedOf, NOT_MENDED } from './mended';
import type { LoadSummary, Mended } from './types';
import { visibleLoad } from './visible';

/** @throws AppError `not_found`, `forbidden`. */
export async function getLoad(ctx: Context, input: { id: string }): Promise<LoadSummary> {
  const row = await visibleLoad(ctx, input.id);
  const mended = await mendedOf(ctx, [row]);
  return summaryOf(row, mended.get(row.id) ?? NOT_MENDED);
}

export function summaryOf(row: LoadRow, mended: Mended): LoadSummary {
  return {
    id: row.id,
    dataset: row.dataset,
    datasetTitle: datasetTitle(row.dataset),
    fileName: row.fileName,
    origin: LOAD_ORIGINS.find((one) => one === row.origin) ?? 'command',
    provenance: PROVENANCES.find((one) => one === row.provenance) ?? 'real',
    status: STATUSES.find((one) => one === row.status) ?? 'failed',
    accepted: row.acceptedRows,
    corrected: row.correctedRows,
    duplicate: row.duplicateRows,
    rejected: row.rejectedRows,
    sizeBytes: row.sizeBytes,
    minTimeMs: row.minTime?.getTime() ?? null,
    maxTimeMs: row.maxTime?.getTime() ?? null,
    mendsLoadId: row.mendsLoadId,
    mended,
    error: row.error,
    actorName: row.actorName,
    receivedAtMs: row.receivedAt.getTime(),
    finishedAtMs: row.finishedAt?.getTime() ?? null,
  };
}

const STATUSES: readonly LoadStatus[] = ['received', 'staged', 'committed', 'failed'];
