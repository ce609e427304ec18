import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureDemoAccounts, ensureFirstAdmin, printCredentials } from '@/server/auth/first-start';
import { signIn } from '@/server/auth/sign-in';
import { ROLES } from '@/server/context';
import { listAudit } from '@/server/services/audit/list';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

describe('the first start', () => {
  it('makes one administrator with the given password, even when two processes start at once', async () => {
    const env = { adminPassword: 'chosen by operator' };
    const made = await Promise.all([
      ensureFirstAdmin(runtime.stores, env),
      ensureFirstAdmin(runtime.stores, env),
    ]);
    // A password that the operator chose is never given back.
    expect(made.filter((credential) => credential !== null)).toEqual([
      { username: 'admin', role: 'admin', roleTitle: '管理员', password: null },
    ]);
    const signed = await signIn(runtime.stores, {
      username: 'admin',
      password: env.adminPassword,
      address: '10.0.0.1',
    });
    expect(signed.ok).toBe(true);
    expect(await ensureFirstAdmin(runtime.stores, {})).toBeNull();
  });

  it('gives the demo its other accounts, prints each password once, and keeps none', async () => {
    const made = await ensureDemoAccounts(runtime.stores);
    expect(made.map((credential) => credential.role)).toEqual(ROLES.filter((role) => role !== 'admin'));
    const lines: string[] = [];
    printCredentials(made, (line) => lines.push(line));
    const printed = lines.join('\n');
    const audited = JSON.stringify(await listAudit(runtime.context(), { limit: 200 }));
    for (const { password } of made) {
      expect(password).toMatch(/^[a-zA-Z2-9]{16}$/);
      expect(printed.split(password ?? '').length).toBe(2);
      expect(audited).not.toContain(password);
    }
  });
});
