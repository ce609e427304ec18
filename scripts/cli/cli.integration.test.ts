import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'yiping-cli-'));
const stores = path.join(work, 'stores');
let home: string | undefined;
beforeAll(async () => {
  const runtime: TestRuntime = await openTestRuntime({ dataDir: stores, keepDir: true });
  home = runtime.postgresHome;
  await runtime.close();
});
afterAll(() => {
  fs.rmSync(work, { recursive: true, force: true });
  if (home) fs.rmSync(home, { recursive: true, force: true });
});

/** A command as a person types it, in a process of its own. */
function run(dataDir: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/tsx/dist/cli.mjs', 'scripts/cli.ts', ...args],
    { encoding: 'utf8', env: { ...process.env, DATA_DIR: dataDir } },
  );
  return { status, out: stdout, err: stderr };
}

describe('a misspelt DATA_DIR', () => {
  it.each([[['token', '--role', 'operator']], [['compute']], [['backup', path.join(work, 'copy')]]])(
    'npm run %j makes no stores and says in one line what to do',
    (args) => {
      const absent = path.join(work, 'storse');
      const { status, out, err } = run(absent, ...args);
      expect([status, out]).toEqual([1, '']);
      expect(err).toBe(
        `yiping: DATA_DIR ${absent} holds no stores: name the directory of a cockpit, or make one with npm start, npm run demo or npm run restore\n`,
      );
      expect(fs.existsSync(absent)).toBe(false);
    },
    120_000,
  );
});

describe('npm run ingest', () => {
  it('shows rejected rows with their column, and without one where the row as a whole is wrong', () => {
    const file = path.join(work, 'tickets.csv');
    fs.writeFileSync(
      file,
      'ticket_id,region_code,create_ts,channel,request_type,topic\nT1,140105,2026-11-01 08:00:00,fax,投诉,供热\nT2,140105\n',
    );
    const { status, out } = run(stores, 'ingest', 'hotline_ticket', file);
    // Nothing of it could be used: a scheduled command must notice.
    expect(status).toBe(3);
    expect(out).toMatch(/^ {2}row 2, channel: /m);
    expect(out).toMatch(/^ {2}row 3: 有 2 个字段,表头有 6 个$/m);
    expect(out).not.toContain('no cockpit is running');
  }, 120_000);

  it('promises a computation for rows that came in, not for a file that was there already', () => {
    const file = path.join(work, 'good.csv');
    fs.writeFileSync(
      file,
      'ticket_id,region_code,create_ts,channel,request_type,topic\nG1,140105,2026-11-01 08:00:00,phone,投诉,供热\n',
    );
    const first = run(stores, 'ingest', 'hotline_ticket', file);
    expect(first.out).toContain('1 accepted');
    expect(first.out).toContain('no cockpit is running: metrics are computed at its next start');
    const again = run(stores, 'ingest', 'hotline_ticket', file);
    expect(again.out).toContain('already loaded');
    expect(again.out).not.toContain('no cockpit is running');
  }, 120_000);

  it('says in its help how it is typed', () => {
    expect(run(stores, 'ingest', '--help').out).toMatch(
      /^Usage: npm run ingest -- \[options\] <dataset> <files/,
    );
    expect(run(stores, 'token', 'create', '--help').out).toMatch(
      /^Usage: npm run token -- create \[options\]/,
    );
  }, 60_000);
});

describe('npm run backup', () => {
  it.each([
    ['a file', path.join(work, 'a-file'), 'is no directory and cannot be made one'],
    ['where the system makes none', '/proc/none', 'is no directory and cannot be made one'],
    ['the data directory itself', path.join(stores, 'copy'), 'lies in the data directory'],
  ])(
    'into %s is refused',
    (_, directory, reason) => {
      fs.writeFileSync(path.join(work, 'a-file'), '');
      const { status, err } = run(stores, 'backup', directory);
      expect([status, err]).toEqual([1, expect.stringContaining(`yiping: ${directory} ${reason}`)]);
    },
    120_000,
  );
});

describe('npm run restore', () => {
  it.each([
    ['from no backup', stores, 'manifest.json: it is no (finished) backup'],
    ['from a damaged one', path.join(work, 'damaged'), 'damaged or of an unknown format'],
  ])(
    '%s names what is wrong and makes nothing',
    (_, from, reason) => {
      fs.mkdirSync(path.join(work, 'damaged'), { recursive: true });
      fs.writeFileSync(path.join(work, 'damaged', 'manifest.json'), '{');
      const target = path.join(work, 'new');
      const { status, err } = run(target, 'restore', from);
      expect([status, err]).toEqual([1, expect.stringContaining(reason)]);
      expect(fs.existsSync(target)).toBe(false);
    },
    120_000,
  );
});
