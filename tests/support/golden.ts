import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Window } from '@/metrics/compile/types';
import { FREQUENCIES, type Freq, type Observation } from '@/metrics/model/cell';
import type { ColumnType, DatasetContract } from '@/metrics/model/dataset';
import type { MetricDefinition } from '@/metrics/model/definition';
import { contractOf } from '@/metrics/testing/contract-spec';
import { sample } from '@/metrics/testing/definitions';
import { periodStart } from '@/metrics/time/period';
import { computeDataset } from '@/server/compute/dataset';
import type { DatasetEntry } from '@/server/datasets/entry';
import { getDataset } from '@/server/datasets/registry';
import { appendKnown } from '@/server/observations/append-known';
import { readObservations } from '@/server/observations/read';
import { at } from '@/tests/support/compute';
import type { TestRuntime } from '@/tests/support/stores';

const DIRECTORY = path.join(process.cwd(), 'metrics/golden');
const DAY_MS = 86_400_000;

const row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

/** One worked example of the language: rows, a definition, a question and its complete answer. */
const goldenSchema = z.strictObject({
  /** What the example protects, in a sentence. */
  guarantee: z.string(),
  /** A connected dataset, or a small contract of its own. */
  dataset: z.string().optional(),
  contract: z
    .strictObject({
      key: z.array(z.string()),
      time: z.string(),
      columns: z.array(z.string()),
      dims: z.array(z.string()).optional(),
    })
    .optional(),
  now: z.string(),
  /** Only what matters here; the rest is metrics/testing/definitions.ts. */
  definition: z.record(z.string(), z.unknown()),
  /** Metrics of the shipped catalogue that the definition speaks of. */
  beside: z.array(z.string()).default([]),
  /** Members that a row need not repeat. */
  row_defaults: row.default({}),
  /** Published stocks, by region, frequency and first day of the period. */
  published: z
    .array(
      z.strictObject({
        region: z.number(),
        freq: z.enum(FREQUENCIES),
        period: z.string(),
        value: z.string(),
      }),
    )
    .default([]),
  /** Batches of rows; what changed is computed after each. */
  loads: z.array(z.array(row)),
  ask: z.strictObject({
    freqs: z.array(z.enum(FREQUENCIES)),
    bases: z.array(z.string()).optional(),
    regions: z.array(z.number()).optional(),
    slices: z.boolean().default(false),
  }),
  /** `region freq basis [slice] period` → value, `= numerator / denominator` of a ratio, flags. Nothing else comes back. */
  expect: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Codes of the refusals of this definition. */
  refused: z.array(z.string()).default([]),
  /** Errors that the validator finds as well; most refusals are caught there before. */
  invalid: z.array(z.string()).default([]),
});

export interface Golden extends z.infer<typeof goldenSchema> {
  name: string;
  entry: DatasetEntry;
  metric: MetricDefinition;
}

export function readGoldenCases(): Golden[] {
  const files = fs.readdirSync(DIRECTORY).filter((file) => file.endsWith('.yaml'));
  return files.sort().map((file) => {
    const golden = goldenSchema.parse(parse(fs.readFileSync(path.join(DIRECTORY, file), 'utf8')));
    const name = file.replace('.yaml', '');
    const code = `golden_${name.replaceAll('-', '_')}`;
    const entry = golden.contract
      ? entryOf(contractOf(code, golden.contract))
      : getDataset(golden.dataset ?? '');
    const metric = sample.aggregated({
      measure: undefined,
      release: { lag: '实时', rules: [{ type: 'continuous' }] },
      ...golden.definition,
      code,
      dataset: entry.contract.name,
    });
    return { ...golden, name, entry, metric };
  });
}

/** Loads and computes batch by batch; the codes of what was refused. */
export async function computeGolden(runtime: TestRuntime, golden: Golden): Promise<string[]> {
  const { stores, clock } = runtime;
  const { contract } = golden.entry;
  clock.set(at(golden.now.replace(' ', 'T')));
  if (golden.contract) await createTable(runtime, contract);
  else await stores.warehouse.jobs.command({ name: 'golden_empty', sql: `TRUNCATE TABLE ${contract.name}` });
  await publish(runtime, golden);
  const seen: z.infer<typeof row>[] = [];
  let refused: string[] = [];
  for (const [version, batch] of golden.loads.entries()) {
    const rows = batch.map((one) => ({
      version: version + 1,
      is_deleted: 0,
      is_demo: 0,
      ...golden.row_defaults,
      ...one,
    }));
    seen.push(...rows);
    await stores.warehouse.loads.insert(contract.name, rows);
    const { refusals } = await computeDataset(stores, {
      entry: golden.entry,
      changed: [daysOf(seen, golden.entry)],
      definitions: [{ definition: golden.metric, version: 1 }],
      freqs: ['N', 'H', 'D', 'M', 'Q', 'A'],
      runId: `${golden.name}-${version}`,
    });
    refused = refusals.map(({ code }) => code);
    clock.advance(1000);
  }
  return refused;
}

export async function answerOf(runtime: TestRuntime, golden: Golden): Promise<Record<string, string>> {
  const { freqs, bases, regions, slices } = golden.ask;
  const found = await readObservations(runtime.context(), {
    metrics: [golden.metric.code],
    freq: freqs,
    ...(bases ? { basis: bases } : {}),
    ...(regions ? { regions } : {}),
    ...(slices ? { slices: 'all' as const } : {}),
  });
  return Object.fromEntries(found.map((one) => [placeOf(one), answerText(one)]));
}

function placeOf(o: Observation): string {
  const civil = new Date(o.periodMs + 8 * 3_600_000).toISOString();
  const length: Partial<Record<Freq, number>> = { A: 4, Q: 7, M: 7, D: 10, H: 13, N: 16 };
  return [o.region, o.freq, o.basis, ...(o.slice ? [o.slice] : []), civil.slice(0, length[o.freq])].join(' ');
}

function answerText({ value, numerator, denominator, flags, status }: Observation): string {
  const short = (text: string | null) => (text === null ? 'null' : String(Number(text)));
  const parts = denominator === null ? [] : ['=', short(numerator), '/', short(denominator)];
  const words = value === null ? [status] : [short(value), ...parts];
  return [...words, ...[...flags].sort()].join(' ');
}

/** Whole days from the first to the last row's business time. */
function daysOf(rows: readonly z.infer<typeof row>[], { contract, labelsHourEnd }: DatasetEntry): Window {
  const instants = rows.map((one) =>
    at(String(one[contract.businessTime]).padEnd(19, ' 00:00:00').replace(' ', 'T')),
  );
  const shiftMs = labelsHourEnd ? 1 : 0;
  return {
    fromMs: periodStart('D', Math.min(...instants) - shiftMs),
    toMs: periodStart('D', Math.max(...instants) - shiftMs) + DAY_MS,
  };
}

async function publish(runtime: TestRuntime, golden: Golden): Promise<void> {
  const rows = golden.published.map(({ region, freq, period, value }) => ({
    metric: golden.metric.code,
    freq,
    region,
    slice: '',
    basis: 'point',
    measure: 'level',
    periodMs: at(`${period}T00:00:00`),
    vintageMs: runtime.clock.nowMs() - DAY_MS,
    value,
    sampleCount: 1,
    status: 'final',
    flags: [],
    source: 'bulletin',
    definitionVersion: 1,
  }));
  if (rows.length > 0) await appendKnown(runtime.stores, `${golden.name}-published`, rows);
}

const TYPES: Readonly<Record<ColumnType, string>> = {
  string: 'String',
  enum: 'LowCardinality(String)',
  integer: 'Int64',
  decimal: 'Decimal(18, 4)',
  date: 'Date',
  datetime: "DateTime('Asia/Shanghai')",
  boolean: 'UInt8',
};

/** A table like those of server/warehouse/migrations, for a contract of the example's own. */
async function createTable(runtime: TestRuntime, contract: DatasetContract): Promise<void> {
  const columns = contract.columns.map(({ name, type, nullable }) => {
    const isNumberOrTime = ['integer', 'decimal', 'date', 'datetime'].includes(type);
    return `${name} ${nullable && isNumberOrTime ? `Nullable(${TYPES[type]})` : TYPES[type]}`;
  });
  await runtime.stores.warehouse.jobs.command({
    name: 'golden_table',
    sql: `CREATE TABLE ${contract.name} (${columns.join(', ')}, version UInt64, is_deleted UInt8, is_demo UInt8)
      ENGINE = ReplacingMergeTree(version, is_deleted) ORDER BY (${contract.key.join(', ')})`,
  });
}

function entryOf(contract: DatasetContract): DatasetEntry {
  return { contract, defaults: {}, mayBeFuture: [], placement: [], regionLevel: 'county' };
}
