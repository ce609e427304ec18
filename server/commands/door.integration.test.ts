import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cockpitHost } from '@/server/commands/client';
import { commandDoor } from '@/server/commands/door';
import { audit } from '@/server/db/schema/access';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

const host = () => cockpitHost(runtime.control.path);

describe('the door for commands', () => {
  it('answers 503 until the cockpit is up, and a command waits for it', async () => {
    const waiting: string[] = [];
    const call = cockpitHost(runtime.control.path, (step) => waiting.push(step)).call('users-list', {});
    await new Promise((resolve) => setTimeout(resolve, 300));
    runtime.control.handle(commandDoor(runtime));
    expect(await call).toEqual([]);
    expect(waiting).toHaveLength(1);
  });

  it('does work for the person at the terminal and writes down who it was', async () => {
    const made = await host().call('users-create', {
      username: 'zhangsan',
      name: '张三',
      role: 'analyst',
      regions: [140000],
    });
    expect(made.generatedPassword).toMatch(/^[A-Za-z0-9]{16}$/);
    expect(await host().call('users-list', {})).toMatchObject([{ username: 'zhangsan', state: 'active' }]);
    const rows = await runtime.stores.db.select().from(audit);
    expect(rows.find((row) => row.action === 'user.create')?.actorName).toMatch(/^command line \(.+\)$/);
  });

  it('gives a refusal with its code and place', async () => {
    await expect(
      host().call('token-create', { name: 'x', role: 'operator', regions: [999999] }),
    ).rejects.toMatchObject({ code: 'bad_input', place: expect.stringContaining('regions') });
    await expect(
      host().call('users-create', { username: 'zhangsan', name: 'x', role: 'leader', regions: [140000] }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  it('refuses what is no command', async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const request = http.request(
        { socketPath: runtime.control.path, path: '/commands/no-such', method: 'POST' },
        async (response) => {
          let body = '';
          for await (const chunk of response.setEncoding('utf8')) body += String(chunk);
          resolve(body);
        },
      );
      request.once('error', reject);
      request.end();
    });
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'not_found' } });
  });

  it('a command that a cockpit of another version does not know says both versions and what to do', async () => {
    const elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), 'yiping-version-'));
    fs.writeFileSync(path.join(elsewhere, 'package.json'), '{"version":"0.0.9"}');
    const { version } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { version: string };
    const env = { ...runtime.env, appRoot: elsewhere };
    runtime.control.handle(commandDoor({ ...runtime, env }));
    try {
      await expect(host().call('of-tomorrow' as 'users-list', {})).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringMatching(
          new RegExp(
            `running cockpit is version 0\\.0\\.9 and does not know this command of version ${version}.*: restart the cockpit`,
          ),
        ),
      });
    } finally {
      runtime.control.handle(commandDoor(runtime));
      fs.rmSync(elsewhere, { recursive: true });
    }
  });

  it.each([
    ['before it answered', (response: http.ServerResponse) => response.destroy()],
    [
      'in the middle of its answer',
      (response: http.ServerResponse) =>
        response.write('{"progress":{"step":"computing"}}\n', () => response.destroy()),
    ],
  ])('a cockpit killed %s is named, with what to do', async (_, die) => {
    const socketPath = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'yiping-killed-')), 'control.sock');
    const dying = http.createServer((request, response) => {
      request.resume();
      if (request.method === 'GET') response.end();
      else die(response);
    });
    await new Promise<void>((resolve) => dying.listen(socketPath, resolve));
    await expect(cockpitHost(socketPath).call('compute', {})).rejects.toMatchObject({
      code: 'unavailable',
      message: 'the cockpit stopped before it was done: start it again and repeat the command',
    });
    await new Promise((resolve) => dying.close(resolve));
    fs.rmSync(path.dirname(socketPath), { recursive: true });
  });
});
