import fs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { periodStart } from '@/metrics/time/period';
import { DAY_MS, HOUR_MS } from '@/metrics/time/zone';
import type { CommandHost } from '@/server/commands/client';
import { DEMO_PARTS, type DemoPart } from './generators/generators';

/** Whoever runs commands: a cockpit behind its socket, or stores in this process. */
export type SeedHost = Pick<CommandHost, 'call'>;

export interface SeedOptions {
  /** Seed number of the generators. */
  seed: number;
  /** Data end with the last full hour before this instant. */
  nowMs: number;
  /** Days of generated data; shorter for tests. */
  days?: number;
  /** Share of the demo's own volume of events; smaller for tests. */
  scale?: number;
  onProgress?(progress: SeedProgress): void;
}

export interface SeedProgress {
  step: string;
  rows: number;
  seconds: number;
  /** True where there was nothing to do: a cockpit computes after every load by itself. */
  idle: boolean;
}

export interface SeedResult {
  /** False: the installation had been seeded before, and nothing was done. */
  seeded: boolean;
  rows: number;
  rejected: number;
}

/** A year and five weeks: every day of the wall has its day a year before. */
const DEMO_DAYS = 400;
/** Air is reported by every county for so long; before, by the largest of each city, or hours would fill the store. */
const COUNTY_DAYS = 35;
const FIGURES = 'seed/official/figures.csv';

/**
 * Fills an installation: the published figures as they are, and generated detail records marked 演示数据. Goes through
 * ingestion like every other file, so it may be killed and run again; what was loaded is recognised by its content.
 */
export async function seedDemo(host: SeedHost, options: SeedOptions): Promise<SeedResult> {
  const before = await host.call('seed-state', {});
  if (before?.done) return { seeded: false, rows: 0, rejected: 0 };
  const endMs = Math.floor(options.nowMs / HOUR_MS) * HOUR_MS;
  const state = await host.call('seed-begin', {
    seed: options.seed,
    startMs: periodStart('D', endMs - (options.days ?? DEMO_DAYS) * DAY_MS),
    endMs,
  });
  const total: SeedResult = { seeded: true, rows: 0, rejected: 0 };
  const step = async (
    name: string,
    work: () => Promise<{ rows: number; rejected: number; idle?: boolean }>,
  ) => {
    const startedMs = performance.now();
    const { rows, rejected, idle = false } = await work();
    total.rows += rows;
    total.rejected += rejected;
    options.onProgress?.({ step: name, rows, seconds: (performance.now() - startedMs) / 1000, idle });
  };
  await step('official_figure', () => loadFigures(host));
  const known = {
    seed: state.seed,
    knownAtMs: state.endMs,
    sparseBeforeMs: periodStart('D', state.endMs - COUNTY_DAYS * DAY_MS),
  };
  for (const part of DEMO_PARTS)
    await step(part.generator.dataset, async () => {
      const scale = part.scale * (part.generator.dataset === 'air_quality_hour' ? 1 : (options.scale ?? 1));
      const window = { fromMs: state.startMs, toMs: state.endMs };
      // One file a dataset: a cockpit computes after every load, and years would be computed over and over.
      return loadPart(host, part, part.generator.rows({ ...known, scale }, window), String(state.seed));
    });
  await step('compute', async () => {
    const done = await host.call('compute', {});
    const rows = done.rowsWritten + done.derivedRows;
    return { rows, rejected: 0, idle: rows === 0 && done.datasets.length === 0 };
  });
  await host.call('seed-advance', { endMs: state.endMs });
  return total;
}

/**
 * Brings the generated data up to the last full hour: what a live source would have delivered since. Returns the
 * number of rows, null when the installation holds no demo data.
 */
export async function feedDemo(host: SeedHost, nowMs: number): Promise<number | null> {
  const state = await host.call('seed-state', {});
  if (!state?.done) return null;
  const endMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  let rows = 0;
  // A day at a time: a machine that was off for a week catches up in the order of time.
  for (let fromMs = state.endMs; fromMs < endMs; ) {
    const toMs = Math.min(fromMs + DAY_MS, endMs);
    for (const part of DEMO_PARTS) {
      const known = { seed: state.seed, scale: part.scale, knownAtMs: toMs };
      const lines = [...part.generator.changes(known, { fromMs, toMs })];
      if (lines.length > 0) rows += (await loadPart(host, part, lines, `to-${toMs / HOUR_MS}`)).rows;
    }
    await host.call('seed-advance', { endMs: toMs });
    fromMs = toMs;
  }
  return rows;
}

async function loadFigures(host: SeedHost): Promise<{ rows: number; rejected: number }> {
  const result = await host.call(
    'ingest',
    {
      dataset: 'official_figure',
      fileName: path.basename(FIGURES),
      origin: 'seed',
      provenance: 'real',
    },
    { body: fs.createReadStream(path.resolve(FIGURES)) },
  );
  return { rows: result.accepted, rejected: result.rejected };
}

async function loadPart(
  host: SeedHost,
  part: DemoPart,
  lines: Iterable<string>,
  name: string,
): Promise<{ rows: number; rejected: number }> {
  const { dataset, columns } = part.generator;
  const result = await host.call(
    'ingest',
    { dataset, fileName: `demo-${dataset}-${name}.csv`, origin: 'seed', provenance: 'demo' },
    { body: Readable.from(withHeader(columns, lines)) },
  );
  return { rows: result.accepted + result.corrected, rejected: result.rejected };
}

function* withHeader(columns: readonly string[], lines: Iterable<string>): Iterable<Buffer> {
  yield Buffer.from(`${columns.join(',')}\n`);
  for (const block of lines) yield Buffer.from(block);
}
