import { createHash, randomUUID } from 'node:crypto';
import { and, eq, ne } from 'drizzle-orm';
import { z } from 'zod';
import { canonicalJson } from '@/metrics/model/hash';
import { PROVINCE_CODE } from '@/metrics/regions/tree';
import { assertCan } from '@/server/access/roles';
import { regionInScope } from '@/server/access/scope';
import type { Context } from '@/server/context';
import { getDataset } from '@/server/datasets/registry';
import type { Transaction } from '@/server/db/client';
import { datasetLoad } from '@/server/db/schema/ingest';
import { setting } from '@/server/db/schema/registry';
import { AppError } from '@/server/errors';
import { LOAD_ORIGINS, type LoadRow, PROVENANCES } from '@/server/ingest/load';
import { mappingSchema } from '@/server/ingest/mapping';
import { adoptRaw, dropRaw, hasRaw, keepRaw, type LoadBytes } from '@/server/ingest/raw-file';
import { runLoad } from '@/server/ingest/run-load';
import { isPlainText } from '@/server/plain-text';
import { recordAudit } from '@/server/services/audit/record';
import { assertDataset } from '@/server/services/datasets/scope';
import type { LoadResult } from './types';
import { visibleLoad } from './visible';

/** Setting `ingest_max_bytes` replaces it. */
export const DEFAULT_MAX_BYTES = 512 * 1024 * 1024;

const inputSchema = z.object({
  dataset: z.string().min(1),
  fileName: z.string().min(1).max(300).refine(isPlainText, { error: '文件名含有空字符或残缺的字符' }),
  origin: z.enum(LOAD_ORIGINS),
  provenance: z.enum(PROVENANCES),
  mapping: mappingSchema.optional(),
  /** The load whose rejected rows this file mends; without a mapping of its own it is read with that load's mapping. */
  mendsLoadId: z.uuid().optional(),
});
export type CreateLoadInput = z.input<typeof inputSchema> & { bytes: LoadBytes };

/** The same file sent again while it is being loaded waits for the first. */
const keyOf = (loadId: string) => `load ${loadId}`;

/**
 * Takes a file of a dataset (CSV, NDJSON or JSON array; gzip or plain; UTF-8, UTF-16 or GB18030) from its bytes to rows
 * that count. The same file with the same mapping is loaded once: sent again, the former load is answered.
 * @throws AppError `forbidden` (also for a dataset of other domains), `not_found` (dataset), `too_large`, `bad_input` (the file as a whole is refused; details
 * carry the `loadId` of the failed load).
 */
export async function createLoad(ctx: Context, input: CreateLoadInput): Promise<LoadResult> {
  assertCan(ctx.actor, 'load:create');
  const { bytes, ...rest } = input;
  const given = inputSchema.parse(rest);
  const { contract } = getDataset(given.dataset);
  assertDataset(ctx, given.dataset);
  const mended = given.mendsLoadId ? await mendedLoad(ctx, given.mendsLoadId, given.dataset) : undefined;
  const mapping = given.mapping ?? mended?.mapping ?? null;
  if (given.mapping?.dataset && given.mapping.dataset !== given.dataset)
    throw new AppError('bad_input', `映射属于数据集 ${given.mapping.dataset}`, { place: 'mapping.dataset' });

  const id = randomUUID();
  const file = await keepRaw(ctx.dataDir, id, bytes, await maxBytes(ctx));
  const scopeRegions = [...ctx.actor.scope.regions].sort((a, b) => a - b);
  // Whoever has the whole province may load the same rows, whether a command of the system or a person.
  const hashedScope = regionInScope(ctx.actor.scope, PROVINCE_CODE) ? [PROVINCE_CODE] : scopeRegions;
  const { domains } = ctx.actor.scope;
  const { version } = contract;
  const contentHash = createHash('sha256')
    .update(
      canonicalJson({
        sha256: file.sha256,
        mapping,
        version,
        provenance: given.provenance,
        scopeRegions: hashedScope,
        ...(domains && { domains: [...domains].sort() }),
      }),
    )
    .digest('hex');
  const [created] = await ctx.db
    .insert(datasetLoad)
    .values({
      id,
      dataset: given.dataset,
      contractVersion: contract.version,
      contentHash,
      fileName: given.fileName,
      origin: given.origin,
      provenance: given.provenance,
      status: 'received',
      mapping,
      mendsLoadId: given.mendsLoadId,
      scopeRegions,
      sizeBytes: file.sizeBytes,
      actorId: ctx.actor.id,
      actorName: ctx.actor.name,
      receivedAt: new Date(ctx.clock.nowMs()),
    })
    .onConflictDoNothing()
    .returning();
  if (!created) {
    try {
      return resultOf(await formerLoad(ctx, given.dataset, contentHash, id), true);
    } finally {
      dropRaw(ctx.dataDir, id);
    }
  }
  try {
    return resultOf(await run(ctx, created, domains), false);
  } catch (error) {
    if (error instanceof AppError)
      throw new AppError(error.code, error.message, {
        place: error.place,
        details: { loadId: id },
        cause: error,
      });
    throw error;
  }
}

/** Runs a recorded load, once at a time; `domains` are those of its sender. */
export function run(ctx: Context, load: LoadRow, domains: readonly string[] | null): Promise<LoadRow> {
  const audit = (tx: Transaction, row: LoadRow) =>
    recordAudit(
      { ...ctx, db: tx },
      {
        action: 'load.create',
        entity: 'load',
        entityId: row.id,
        outcome: row.status === 'committed' ? 'success' : 'failure',
        details: {
          dataset: row.dataset,
          fileName: row.fileName,
          accepted: row.acceptedRows,
          corrected: row.correctedRows,
          duplicate: row.duplicateRows,
          rejected: row.rejectedRows,
          ...(row.error && { error: row.error }),
        },
      },
    );
  return ctx.underWay.share(keyOf(load.id), () => runLoad(ctx, load, { domains, inTransaction: audit }));
}

/**
 * The load that had this content first; one that was left unfinished is finished now, if need be with the file that
 * came this time: a backup holds the record of a load under way, not its file.
 */
async function formerLoad(
  ctx: Context,
  dataset: string,
  contentHash: string,
  sentAgain: string,
): Promise<LoadRow> {
  const [former] = await ctx.db
    .select()
    .from(datasetLoad)
    .where(
      and(
        eq(datasetLoad.dataset, dataset),
        eq(datasetLoad.contentHash, contentHash),
        ne(datasetLoad.status, 'failed'),
      ),
    );
  if (!former) throw new AppError('busy', '同一文件刚刚接入失败,请重试', { place: 'file' });
  if (former.status === 'committed') return former;
  const lost =
    former.status === 'received' && !ctx.underWay.has(keyOf(former.id)) && !hasRaw(ctx.dataDir, former.id);
  if (lost && ctx.warehouse.kind === 'server')
    throw new AppError('busy', '同一文件正由另一进程接入,请稍后再试', { place: 'file' });
  if (lost) adoptRaw(ctx.dataDir, sentAgain, former.id);
  // The same content has the same scope.
  return run(ctx, former, ctx.actor.scope.domains);
}

async function mendedLoad(ctx: Context, id: string, dataset: string): Promise<LoadRow> {
  const row = await visibleLoad(ctx, id);
  if (row.dataset !== dataset)
    throw new AppError('bad_input', `接入批次 ${id} 属于数据集 ${row.dataset}`, { place: 'mendsLoadId' });
  return row;
}

async function maxBytes(ctx: Context): Promise<number> {
  const [row] = await ctx.db.select().from(setting).where(eq(setting.key, 'ingest_max_bytes'));
  const parsed = z.number().int().positive().safeParse(row?.value);
  return parsed.success ? parsed.data : DEFAULT_MAX_BYTES;
}

function resultOf(load: LoadRow, alreadyLoaded: boolean): LoadResult {
  return {
    loadId: load.id,
    dataset: load.dataset,
    accepted: load.acceptedRows,
    corrected: load.correctedRows,
    duplicate: load.duplicateRows,
    rejected: load.rejectedRows,
    alreadyLoaded,
  };
}
