import { setImmediate as turn } from 'node:timers/promises';
import { and, eq, sql } from 'drizzle-orm';
import type { Stores } from '@/server/context';
import { COMMON_COLUMNS } from '@/server/datasets/columns';
import type { DatasetEntry } from '@/server/datasets/entry';
import { getDataset } from '@/server/datasets/registry';
import type { Transaction } from '@/server/db/client';
import { datasetLoad } from '@/server/db/schema/ingest';
import { AppError, isAppError } from '@/server/errors';
import { storableText } from '@/server/plain-text';
import { civilText } from './cells/time';
import { commitLoad, decideLoad } from './commit';
import { openCsv } from './csv';
import { openJson } from './json';
import type { LoadRow } from './load';
import { checkMapping, type Mapping } from './mapping';
import { MendedRowWriter } from './mended-rows';
import { makePlan } from './plan';
import { dropRaw, rawPath } from './raw-file';
import type { RecordSource, SourceRecord } from './records';
import { makeRowChecker } from './row-checker';
import { type FileShape, sniff } from './sniff';
import { dropQuarantine, dropStage, QuarantineWriter, StageWriter } from './stage';
import { textChunks } from './text-chunks';

export interface RunOptions {
  /** Domains whose published figures the sender may load; null: all. */
  domains: readonly string[] | null;
  /** Written in the transaction of the commit, or of the failure. */
  inTransaction(tx: Transaction, load: LoadRow): Promise<void>;
}

/**
 * Brings a recorded load to its end from wherever it was left: reads, checks and stages its kept file, decides,
 * commits. A file that cannot be loaded ends as `failed` with its reason, and nothing of it stays.
 * @throws AppError `bad_input` when the file as a whole is refused.
 */
export async function runLoad(stores: Stores, load: LoadRow, options: RunOptions): Promise<LoadRow> {
  const entry = getDataset(load.dataset);
  try {
    let rejected = 0;
    const again = load.status === 'staged';
    if (!again) rejected = await stageFile(stores, entry, load, options.domains);
    // One load of a dataset at a time is compared and committed.
    const done = await stores.locks.hold(`dataset ${load.dataset}`, async () => {
      const staged = again ? load : await decideLoad(stores, entry, load, rejected);
      return commitLoad(stores, entry, staged, { again, inTransaction: options.inTransaction });
    });
    dropRaw(stores.dataDir, load.id);
    return done;
  } catch (error) {
    if (isAppError(error)) await failLoad(stores, entry, load, error.message, options);
    else await noteInterruption(stores, load, error);
    throw error;
  }
}

async function stageFile(
  stores: Stores,
  entry: DatasetEntry,
  load: LoadRow,
  domains: RunOptions['domains'],
): Promise<number> {
  await dropStage(stores, load.dataset, load.id);
  const file = rawPath(stores.dataDir, load.id);
  const shape = await sniff(file);
  const chunks = textChunks(file, shape);
  try {
    return await stageText(stores, entry, load, { shape, chunks, domains });
  } finally {
    // Whatever stopped half way: an open file would keep its disk space when it is removed.
    await chunks.return(undefined);
  }
}

async function stageText(
  stores: Stores,
  entry: DatasetEntry,
  load: LoadRow,
  {
    shape,
    chunks,
    domains,
  }: { shape: FileShape; chunks: AsyncGenerator<string>; domains: RunOptions['domains'] },
): Promise<number> {
  const mapping = load.mapping === null ? undefined : checkMapping(load.mapping);
  const source = await openSource(chunks, shape, entry, mapping);
  if (source.headers.some((name) => name.includes('\0')))
    throw new AppError('bad_input', '表头含有空字符(NUL):文件已损坏,或是没有标记的 UTF-16,请另存为 UTF-8', {
      place: 'header',
    });
  const plan = makePlan(entry, source.headers, mapping, { headersAreOptional: source.headersAreOptional });
  const receivedMs = load.receivedAt.getTime();
  const check = makeRowChecker({
    entry,
    plan,
    scope: { regions: load.scopeRegions, domains: null },
    loadId: load.id,
    receivedMs,
    isDemo: load.provenance === 'demo',
    ...(domains && {
      mayLoadMetric: (code: string) => {
        // One that is not registered is refused for that.
        const found = stores.registry.find(code);
        return !found || domains.includes(found.definition.domain);
      },
    }),
    known: { definitionOf: (code) => stores.registry.find(code)?.definition },
  });
  const stage = new StageWriter(stores, entry);
  const quarantine = new QuarantineWriter(stores, {
    id: load.id,
    dataset: load.dataset,
    receivedText: `${civilText(receivedMs)}.000`,
  });
  const mended = new MendedRowWriter(stores, load, source.headers);
  // JSON can write it without the byte.
  const mayHoldNul = shape.hasNul || shape.format !== 'csv';
  for await (const batch of source.batches()) {
    for (const record of batch) {
      const broken = record.broken ?? (mayHoldNul ? nulIn(record) : undefined);
      const checked = broken ? { rejected: { column: '', ...broken } } : check(record.fields, record.row);
      if ('line' in checked) {
        stage.add(checked.line);
        mended.add(record.fields);
      } else quarantine.add(record.row, record.headers ?? source.headers, record.fields, checked.rejected);
    }
    await stage.drain();
    await quarantine.drain();
    await mended.drain();
    // Screens, streams and other requests get their turn.
    await turn();
  }
  await stage.finish();
  await quarantine.finish();
  await mended.finish();
  if (stage.rows + quarantine.rows === 0)
    throw new AppError('bad_input', '文件只有表头,没有数据行', { place: 'row 2' });
  return quarantine.rows;
}

/** A byte was lost or added: what is left of the cell may read as another value. */
function nulIn({ fields }: SourceRecord): SourceRecord['broken'] {
  const at = fields.findIndex((field) => field.includes('\0'));
  if (at < 0) return undefined;
  return { code: 'nul', reason: `第 ${at + 1} 个字段含有空字符(NUL),文件可能已损坏` };
}

async function openSource(
  chunks: AsyncGenerator<string>,
  shape: FileShape,
  entry: DatasetEntry,
  mapping: Mapping | undefined,
): Promise<RecordSource> {
  if (shape.format === 'csv') return openCsv(chunks);
  return openJson(chunks, shape.format, recordNames(entry, mapping));
}

/** Every name a JSON record may carry: ours, unless the mapping takes the column from elsewhere, the mapped and the skipped. */
function recordNames(entry: DatasetEntry, mapping: Mapping | undefined): string[] {
  const own = [...entry.contract.columns, ...COMMON_COLUMNS]
    .map((column) => column.name)
    .filter((name) => mapping?.columns[name] === undefined);
  const foreign = Object.values(mapping?.columns ?? {}).flatMap((rule) =>
    typeof rule === 'string' ? [rule] : (rule.from ?? []),
  );
  return [...new Set([...own, ...foreign, ...(mapping?.skip ?? [])])];
}

async function failLoad(
  stores: Stores,
  entry: DatasetEntry,
  load: LoadRow,
  reason: string,
  options: RunOptions,
): Promise<void> {
  await dropStage(stores, entry.contract.name, load.id);
  await dropQuarantine(stores, load.id);
  await stores.db.transaction(async (tx) => {
    const [row] = await tx
      .update(datasetLoad)
      .set({ status: 'failed', error: storableText(reason), finishedAt: new Date(stores.clock.nowMs()) })
      .where(and(eq(datasetLoad.id, load.id), sql`${datasetLoad.status} <> 'committed'`))
      .returning();
    if (row) await options.inTransaction(tx, row);
  });
  dropRaw(stores.dataDir, load.id);
}

/** A fault of ours, not of the file: the file is kept and the load is taken up again at the next start. */
async function noteInterruption(stores: Stores, load: LoadRow, error: unknown): Promise<void> {
  stores.log.error({ loadId: load.id, dataset: load.dataset, err: error }, 'load interrupted');
  try {
    await stores.db
      .update(datasetLoad)
      .set({ error: '接入被中断,将在下次启动时继续' })
      .where(and(eq(datasetLoad.id, load.id), sql`${datasetLoad.status} IN ('received', 'staged')`));
  } catch {
    // The stores are closing; the load's record already says that it is unfinished.
  }
}
