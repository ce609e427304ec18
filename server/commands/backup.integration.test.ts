import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type BackupManifest, MANIFEST_FILE } from '@/server/commands/backup-manifest';
import { cockpitHost } from '@/server/commands/client';
import { commandDoor } from '@/server/commands/door';
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
    expect(after.tables).toEqual(before.tables);
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
