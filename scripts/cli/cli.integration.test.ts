import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { definitionHash } from '@/metrics/model/hash';
import { entryText } from '@/metrics/testing/definition-text';
import { definition } from '@/server/db/schema/registry';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'yiping-cli-'));
const stores = path.join(work, 'stores');
let home: string | undefined;
beforeAll(async () => {
  const runtime: TestRuntime = await openTestRuntime({ dataDir: stores, keepDir: true });
  home = runtime.postgresHome;
  await publishOwn(runtime);
  await runtime.close();
});
afterAll(() => {
  fs.rmSync(work, { recursive: true, force: true });
  if (home) fs.rmSync(home, { recursive: true, force: true });
});

/** The second version of 进口额 is the operator's own. */
async function publishOwn({ stores: { db, registry, clock } }: TestRuntime): Promise<void> {
  const body = { ...registry.get('imports').definition, story: '本省自定' };
  const now = new Date(clock.nowMs());
  await db.insert(definition).values({
    ...{ code: 'imports', version: 2, status: 'published', hash: definitionHash(body), body },
    ...{ effectiveFrom: now, createdAt: now, createdBy: '王工' },
  });
}

/** A command as a person types it, in a process of its own. */
function run(dataDir: string, ...args: string[]) {
  return runWith('', dataDir, ...args);
}

function runWith(input: string | Buffer, dataDir: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/tsx/dist/cli.mjs', 'scripts/cli.ts', ...args],
    { encoding: 'utf8', input, env: { ...process.env, DATA_DIR: dataDir } },
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

describe('npm run catalogue', () => {
  const nowhere = path.join(work, 'nowhere');
  const check = (input: string | Buffer, ...args: string[]) =>
    runWith(input, nowhere, 'catalogue', 'check', ...args);
  let shippedGdp = '';
  beforeAll(() => {
    shippedGdp = run(nowhere, 'catalogue', '--code', 'gdp', '--format', 'yaml').out;
  });

  it('prints what was asked for without a subcommand', () => {
    expect(shippedGdp).toMatch(/^- kind: reported\n {2}code: gdp$/m);
  });

  it('finds a shipped definition sound, from a file and from standard input, with and without BOM', () => {
    const file = path.join(work, 'gdp.yaml');
    fs.writeFileSync(file, `\uFEFF${shippedGdp}`);
    const sound = { status: 0, out: '1 条口径,0 处错误,0 处提醒\n', err: '' };
    expect(check('', file)).toEqual(sound);
    expect(check(shippedGdp, '-')).toEqual(sound);
  }, 120_000);

  it('ends with 1 where something is wrong, and says where, what, and what it would change', () => {
    const file = path.join(work, 'own.yaml');
    fs.writeFileSync(file, entryText('precision: 9', 'formula: gdp / gdpp * 100'));
    const unreadable = check('', file);
    expect([unreadable.status, unreadable.out]).toEqual([
      1,
      `${file}:8:14  错误  wrong_value  precision\n  应不大于 6,写的是 9\n\n1 条口径,1 处错误,0 处提醒\n`,
    ]);
    fs.writeFileSync(file, entryText('formula: gdp / gdpp * 100'));
    const wrong = check('', file);
    expect(wrong.status).toBe(1);
    // `  formula: gdp / gdpp * 100`: gdpp begins in column 18.
    expect(wrong.out).toContain(`${file}:23:18  错误  unknown_name  formula\n  `);
    expect(wrong.out).toContain('\n  建议:gdp\n');
    // GDP comes by quarter.
    expect(wrong.out).toContain(`${file}:10:9  错误  period_rule  freq\n  `);
    expect(wrong.out).toContain('\n\nsample(样例):新指标\n\n1 条口径,2 处错误,0 处提醒\n');
  }, 120_000);

  it('gives tools the same as JSON', () => {
    const changed = shippedGdp.replace('unit: 亿元', 'unit: 万人');
    const { status, out } = check(changed, '--format', 'json', '--from', 'shipped', '-');
    const answer = JSON.parse(out);
    expect([status, answer.definitions]).toEqual([1, 1]);
    expect(answer.errors).toBeGreaterThan(0);
    // After the line with version and hash the entry begins in the second.
    expect(answer.findings).toContainEqual(
      expect.objectContaining({
        ...{ file: 'stdin', line: 2, column: 3, severity: 'error', code: 'unit_clash' },
        ...{ definition: 'gdp', metric: 'gdp_per_capita', path: 'formula' },
      }),
    );
    expect(answer.changes).toEqual([
      {
        ...{ code: 'gdp', name: '地区生产总值', version: 1, changesNumbers: true },
        differences: [{ member: 'unit', before: '亿元', after: '万人' }],
      },
    ]);
  }, 60_000);

  it('judges beside what is registered, where that is asked for', () => {
    const registered = run(
      stores,
      'catalogue',
      '--code',
      'imports',
      '--format',
      'yaml',
      '--from',
      'registry',
    );
    const next = registered.out.replace('story: 本省自定', 'story: 本省再定');
    const { status, out } = runWith(next, stores, 'catalogue', 'check', '--from', 'registry', '-');
    expect(status).toBe(0);
    expect(out).toMatch(
      /^imports\(.+\):在第 2 版上改 1 项,不影响数值\n {2}story:本省自定 → 本省再定\n\n1 条口径,0 处错误,0 处提醒\n$/,
    );
  }, 120_000);

  it('tells of what is no file, no UTF-8 and no usage', () => {
    const absent = path.join(work, 'absent.yaml');
    expect(check('', absent)).toEqual({ status: 1, out: '', err: `yiping: ${absent} is no file\n` });
    // 口 in GB18030.
    expect(check(Buffer.from([0xbf, 0xda]), '-').err).toBe('yiping: stdin is not UTF-8 text\n');
    expect(check('').status).toBe(2);
    expect(run(nowhere, 'catalogue', 'chekc', 'own.yaml').status).toBe(2);
    expect(fs.existsSync(nowhere)).toBe(false);
  }, 120_000);
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
