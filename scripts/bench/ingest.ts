import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { hotlineGenerator } from '@/seed/generators/hotline';
import type { Context } from '@/server/context';
import { createLoad } from '@/server/services/loads/create';
import { onceMs, report } from './measure';

const ROWS = 1_000_000;
const FROM_MS = Date.parse('2026-01-01T00:00:00+08:00');
const DAY_MS = 86_400_000;

/** A CSV of a million hotline tickets: through ingestion, against the engine's own insert of the same file. */
export async function benchIngest(ctx: Context, directory: string): Promise<void> {
  const file = path.join(directory, 'million.csv');
  const rows = writeMillion(file);
  console.log(`ingestion: ${rows} rows, ${(fs.statSync(file).size / 1e6).toFixed(0)} MB CSV`);

  const columns = hotlineGenerator.columns.join(', ');
  const lane = ctx.warehouse.loads;
  await lane.command({ name: 'bench_table', sql: 'CREATE TABLE bench_raw AS hotline_ticket' });
  const rawMs = await onceMs(() =>
    lane.insertBytes('bench_raw', hotlineGenerator.columns, 'CSV', withoutHeader(fs.readFileSync(file))),
  );
  const result = await timedLoad(ctx, file);
  report('load through ingestion', result.ms, { name: 'raw engine insert', ms: rawMs });
  console.log(
    `  accepted ${result.accepted}, duplicate ${result.duplicate}, rejected ${result.rejected}; ${Math.round(rows / (result.ms / 1000))} rows/s`,
  );
  const [stored] = await lane.rows({
    name: 'bench_count',
    sql: `SELECT count() AS n, any(${columns.split(', ')[0]}) AS sample FROM hotline_ticket FINAL`,
    row: z.object({ n: z.coerce.number(), sample: z.unknown() }),
  });
  if (stored?.n !== result.accepted) throw new Error(`accepted ${result.accepted}, stored ${stored?.n}`);
  report('the same file again (recognised)', (await timedLoad(ctx, file)).ms, {
    name: 'first load',
    ms: result.ms,
  });
  await lane.command({ name: 'bench_drop', sql: 'DROP TABLE bench_raw' });
}

async function timedLoad(ctx: Context, file: string) {
  const before = performance.now();
  const result = await createLoad(ctx, {
    dataset: 'hotline_ticket',
    fileName: path.basename(file),
    origin: 'command',
    provenance: 'demo',
    bytes: fs.createReadStream(file),
  });
  return { ...result, ms: performance.now() - before };
}

function writeMillion(file: string): number {
  const out = fs.openSync(file, 'w');
  fs.writeSync(out, `${hotlineGenerator.columns.join(',')}\n`);
  let rows = 0;
  const window = { fromMs: FROM_MS, toMs: FROM_MS + 90 * DAY_MS };
  for (const block of hotlineGenerator.rows({ seed: 1, scale: 1, knownAtMs: window.toMs }, window)) {
    const lines = block
      .split('\n')
      .slice(0, -1)
      .slice(0, ROWS - rows);
    fs.writeSync(out, `${lines.join('\n')}\n`);
    rows += lines.length;
    if (rows >= ROWS) break;
  }
  fs.closeSync(out);
  return rows;
}

function withoutHeader(bytes: Buffer): Buffer {
  return bytes.subarray(bytes.indexOf(0x0a) + 1);
}
