import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { asc } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type BackupManifest, MANIFEST_FILE } from '@/server/commands/backup-manifest';
import { cockpitHost } from '@/server/commands/client';
import { commandDoor } from '@/server/commands/door';
import { audit } from '@/server/db/schema/access';
import { appendFromStage } from '@/server/observations/append';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

vi.setConfig({ testTimeout: 240_000 });

const run = promisify(execFile);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), `yiping-backup-${randomBytes(3).toString('hex')}-`));
const first = path.join(scratch, 'first');
const second = path.join(scratch, 'second');
const elsewhere = path.join(scratch, 'elsewhere');

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
  runtime.control.handle(commandDoor(runtime));
});
afterAll(async () => {
  await runtime.close();
  fs.rmSync(scratch, { recursive: true, force: true });
});

/** One chDB directory belongs to one process, so the other installation lives in processes of its own. */
async function cli(dataDir: string, ...args: string[]): Promise<{ code: number; text: string }> {
  try {
    const { stdout } = await run(
      process.execPath,
      ['node_modules/tsx/dist/cli.mjs', 'scripts/cli.ts', ...args],
      {
        env: { ...process.env, DATA_DIR: dataDir },
      },
    );
    return { code: 0, text: stdout };
  } catch (error) {
    const failed = error as { code?: number; stderr?: string };
    return { code: failed.code ?? -1, text: failed.stderr ?? '' };
  }
}

function manifestOf(directory: string): BackupManifest {
  return JSON.parse(fs.readFileSync(path.join(directory, MANIFEST_FILE), 'utf8')) as BackupManifest;
}

/** What commands wrote into the audit of the first installation, oldest first. */
async function auditOfCommands() {
  const rows = await runtime.stores.db.select().from(audit).orderBy(asc(audit.id));
  return rows
    .filter(({ action }) => /^(backup|job)\./.test(action))
    .map(({ action, outcome, details }) => [action, outcome, details]);
}

function auditIn(directory: string): Record<string, unknown>[] {
  return zlib
    .gunzipSync(fs.readFileSync(path.join(directory, 'audit.ndjson.gz')))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .sort((a, b) => Number(a.id) - Number(b.id));
}

async function observe(value: string, run: number): Promise<void> {
  const stageId = `stage-${run}`;
  await runtime.stores.warehouse.jobs.insert('observation_stage', [
    {
      stage_id: stageId,
      metric: 'gdp',
      freq: 'A',
      region: 140000,
      slice: '',
      basis: 'period',
      measure: 'level',
      period: '2020-01-01 00:00:00',
      value,
      sample_count: 1,
      status: 'prelim',
      flags: [],
      source: '公报',
      definition_version: 1,
    },
  ]);
  runtime.clock.advance(60_000);
  await appendFromStage(runtime.stores, { stageId, runId: `run-${run}` });
}

describe('backup and restore', () => {
  it('brings both stores back elsewhere, every vintage, account and audit row', async () => {
    await observe('17651.93', 1);
    await observe('17835.6', 2);
    const host = cockpitHost(runtime.control.path);
    await host.call('users-create', { username: 'lisi', name: '李四', role: 'leader', regions: [140100] });
    await host.call('backup', { directory: first });
    expect(manifestOf(first).warehouse.rows.observation).toEqual({ least: 2, most: 2 });

    expect(await cli(elsewhere, 'restore', first)).toMatchObject({ code: 0 });
    expect((await cli(elsewhere, 'users', 'list')).text).toBe('lisi\tleader\t140100\tactive\t李四\n');
    expect(await cli(elsewhere, 'backup', second)).toMatchObject({ code: 0 });
    const before = manifestOf(first);
    const after = manifestOf(second);
    expect(after.warehouse.rows).toEqual(before.warehouse.rows);
    const { audit: auditAfter, ...tablesAfter } = after.tables;
    const { audit: auditBefore, ...tablesBefore } = before.tables;
    expect(tablesAfter).toEqual(tablesBefore);

    // Who made the copy is told where it was made, who restored it where it lies now, after all that came with it.
    expect(await auditOfCommands()).toEqual([
      ['backup.create', 'success', expect.objectContaining({ directory: first })],
    ]);
    const rows = auditIn(second);
    expect(rows).toHaveLength((auditBefore?.rows ?? 0) + 1);
    expect(auditAfter?.rows).toBe(rows.length);
    const last = rows.at(-1);
    expect(last).toMatchObject({ action: 'backup.restore', outcome: 'success', actor_kind: 'system' });
    expect(last?.actor_name).toMatch(/^command line \(.+\)$/);
    expect(last?.details).toMatchObject({ directory: first, backupOf: before.createdAt });
  });

  it('writes down that a backup failed, and what was computed by command', async () => {
    const host = cockpitHost(runtime.control.path);
    await expect(host.call('backup', { directory: runtime.env.dataDir })).rejects.toMatchObject({
      code: 'bad_input',
    });
    const { runId } = await host.call('compute', { dataset: 'hotline_ticket', fromMs: 0 });
    expect((await auditOfCommands()).slice(-2)).toEqual([
      [
        'backup.create',
        'failure',
        expect.objectContaining({ error: expect.stringContaining('lies in the data directory') }),
      ],
      [
        'job.run',
        'success',
        {
          dataset: 'hotline_ticket',
          from: '1970-01-01T00:00:00.000Z',
          runId,
          rowsWritten: expect.any(Number),
        },
      ],
    ]);
  });

  it('refuses to restore over data, beside a running cockpit, from a damaged file, or over a backup', async () => {
    expect(await cli(elsewhere, 'restore', first)).toMatchObject({
      code: 1,
      text: expect.stringContaining('is not empty'),
    });
    expect(await cli(runtime.env.dataDir, 'restore', first)).toMatchObject({
      code: 1,
      text: expect.stringContaining('a cockpit is running'),
    });
    const damaged = path.join(scratch, 'damaged');
    fs.cpSync(first, damaged, { recursive: true });
    fs.appendFileSync(path.join(damaged, 'user.ndjson.gz'), 'x');
    const fresh = path.join(scratch, 'fresh');
    expect(await cli(fresh, 'restore', damaged)).toMatchObject({
      code: 1,
      text: expect.stringContaining('user.ndjson.gz is missing or damaged'),
    });
    expect(fs.existsSync(fresh)).toBe(false);
    await expect(
      cockpitHost(runtime.control.path).call('backup', { directory: first }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  it('names the wrong usage with exit code 2', async () => {
    expect(await cli(elsewhere, 'backup')).toMatchObject({ code: 2 });
    expect(await cli(elsewhere, 'token', '--role', 'king')).toMatchObject({ code: 2 });
  });
});
