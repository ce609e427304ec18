import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveActor } from '@/server/auth/actor';
import { ADDRESS_HEADER, clientAddress } from '@/server/auth/address';
import { ensureDemoAccounts, ensureFirstAdmin } from '@/server/auth/first-start';
import { type SignInResult, signIn, signOut } from '@/server/auth/sign-in';
import { ROLES } from '@/server/context';
import { listAudit } from '@/server/services/audit/list';
import { recordAudit } from '@/server/services/audit/record';
import { resetPassword, setUserDisabled, unlockUser, updateUser } from '@/server/services/users/change';
import { createUser } from '@/server/services/users/create';
import { listUsers } from '@/server/services/users/list';
import { actorOf } from '@/tests/support/actors';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

const PASSWORD = 'correct horse 12';
const HOUR_MS = 3_600_000;

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

let names = 0;
async function person(role: 'leader' | 'admin' = 'leader') {
  names += 1;
  const username = `person${names}`;
  const { id } = await createUser(runtime.context(), {
    username,
    name: `人员${names}`,
    role,
    regions: [140100],
    password: PASSWORD,
  });
  return { id, username };
}

let hosts = 0;
/** Each attempt from an address of its own, so that the limit an address does not decide these tests. */
function attempt(username: string, password: string, address?: string): Promise<SignInResult> {
  hosts += 1;
  return signIn(runtime.stores, {
    username,
    password,
    address: address ?? `10.0.${hosts >> 8}.${hosts & 255}`,
  });
}

function cookieOf(result: SignInResult): Headers {
  if (!result.ok) throw new Error(`not signed in: ${result.reason}`);
  const pairs = result.setCookies.map((line) => line.split(';')[0]).filter((pair) => !pair?.endsWith('='));
  return new Headers({ cookie: pairs.join('; ') });
}

describe('signing in', () => {
  it('opens a session that carries role and scope, and writes both outcomes into the audit', async () => {
    const { id, username } = await person();
    expect(await attempt(username, 'wrong password 1')).toEqual({ ok: false, reason: 'wrong' });
    const headers = cookieOf(await attempt(username.toUpperCase(), PASSWORD));
    expect(await resolveActor(runtime.stores, headers)).toMatchObject({
      kind: 'user',
      id,
      role: 'leader',
      scope: { regions: [140100], domains: null },
    });
    const { entries } = await listAudit(runtime.context(), { actorId: id });
    expect(entries.map((entry) => [entry.action, entry.outcome])).toEqual([
      ['auth.sign_in', 'success'],
      ['auth.sign_in_failed', 'failure'],
    ]);
  });

  it('refuses a forged cookie: the signature is ours', async () => {
    const { username } = await person();
    const cookie = cookieOf(await attempt(username, PASSWORD)).get('cookie') ?? '';
    const forged = cookie.replace(/\.[^.]*$/, `.${encodeURIComponent(Buffer.alloc(32).toString('base64'))}`);
    expect(forged).not.toBe(cookie);
    expect(await resolveActor(runtime.stores, new Headers({ cookie: forged }))).toBeNull();
  });

  it('ends a session at sign-out, after 8 hours without use, and after 7 days whatever the use', async () => {
    const { username } = await person();
    const left = cookieOf(await attempt(username, PASSWORD));
    const lines = await signOut(runtime.stores, await resolveActor(runtime.stores, left), left);
    expect(lines.every((line) => line.includes('Max-Age=0'))).toBe(true);
    expect(await resolveActor(runtime.stores, left)).toBeNull();

    const idle = cookieOf(await attempt(username, PASSWORD));
    runtime.clock.advance(7 * HOUR_MS);
    expect(await resolveActor(runtime.stores, idle)).not.toBeNull();
    runtime.clock.advance(7 * HOUR_MS);
    // Used seven hours ago: still open. An open stream's own check is no use.
    expect(await resolveActor(runtime.stores, idle, { touch: false })).not.toBeNull();
    runtime.clock.advance(2 * HOUR_MS);
    expect(await resolveActor(runtime.stores, idle)).toBeNull();

    const busy = cookieOf(await attempt(username, PASSWORD));
    for (let hours = 0; hours < 7 * 24; hours += 7) {
      expect(await resolveActor(runtime.stores, busy)).not.toBeNull();
      runtime.clock.advance(7 * HOUR_MS);
    }
    expect(await resolveActor(runtime.stores, busy)).toBeNull();
  });

  it('locks after five wrong passwords for 15 minutes, even against the right one, and unlocks early', async () => {
    const { id, username } = await person();
    const answers: SignInResult[] = [];
    for (let i = 0; i < 5; i += 1) answers.push(await attempt(username, 'wrong password 1'));
    const untilMs = runtime.clock.nowMs() + 15 * 60_000;
    expect(answers.slice(0, 4).every((a) => !a.ok && a.reason === 'wrong')).toBe(true);
    expect(answers[4]).toEqual({ ok: false, reason: 'locked', untilMs });
    expect(await attempt(username, PASSWORD)).toEqual({ ok: false, reason: 'locked', untilMs });
    expect((await listUsers(runtime.context())).find((u) => u.id === id)?.lockedUntil?.getTime()).toBe(
      untilMs,
    );
    await unlockUser(runtime.context(), { id });
    expect((await attempt(username, PASSWORD)).ok).toBe(true);

    for (let i = 0; i < 5; i += 1) await attempt(username, 'wrong password 1');
    runtime.clock.advance(15 * 60_000 + 1);
    expect((await attempt(username, PASSWORD)).ok).toBe(true);
  });

  it('answers for a name without an account exactly as for one with an account', async () => {
    const { username } = await person();
    const known: SignInResult[] = [];
    const unknown: SignInResult[] = [];
    for (let i = 0; i < 6; i += 1) {
      known.push(await attempt(username, 'wrong password 1'));
      unknown.push(await attempt('nobody.here', 'wrong password 1'));
    }
    expect(unknown).toEqual(known);
  });

  it('counts guesses sent at the same time', async () => {
    const { username } = await person();
    const guesses = Array.from({ length: 12 }, () => attempt(username, 'wrong password 1'));
    const answers = await Promise.all(guesses);
    expect(answers.filter((a) => !a.ok && a.reason === 'wrong').length).toBeLessThanOrEqual(4);
    expect(await attempt(username, PASSWORD)).toMatchObject({ ok: false, reason: 'locked' });
  });

  it('limits the attempts from one address, in the database, without counting them against the account', async () => {
    const { username } = await person();
    const answers: SignInResult[] = [];
    for (let i = 0; i < 31; i += 1) answers.push(await attempt(`stranger${i}`, 'x', '192.0.2.7'));
    expect(answers.at(-1)).toEqual({ ok: false, reason: 'busy' });
    expect(await attempt(username, PASSWORD, '192.0.2.7')).toEqual({ ok: false, reason: 'busy' });
    expect((await attempt(username, PASSWORD)).ok).toBe(true);
  });

  it('tells only who knows the password that an account is disabled, and ends its sessions', async () => {
    const { id, username } = await person();
    const headers = cookieOf(await attempt(username, PASSWORD));
    const revoked: string[] = [];
    const off = runtime.stores.bus.on('revoked', (event) => revoked.push(event.actorId));
    await setUserDisabled(runtime.context(), { id, disabled: true });
    off();
    expect(revoked).toContain(id);
    expect(await resolveActor(runtime.stores, headers)).toBeNull();
    expect(await attempt(username, 'wrong password 1')).toEqual({ ok: false, reason: 'wrong' });
    expect(await attempt(username, PASSWORD)).toEqual({ ok: false, reason: 'disabled' });
    await setUserDisabled(runtime.context(), { id, disabled: false });
    expect((await attempt(username, PASSWORD)).ok).toBe(true);
  });

  it('a reset ends every session, and the generated password is the one that works', async () => {
    const { username } = await person();
    const headers = cookieOf(await attempt(username, PASSWORD));
    const { generatedPassword } = await resetPassword(runtime.context(), { username });
    expect(await resolveActor(runtime.stores, headers)).toBeNull();
    expect((await attempt(username, PASSWORD)).ok).toBe(false);
    expect((await attempt(username, generatedPassword ?? '')).ok).toBe(true);
  });
});

describe('administering accounts', () => {
  it('never loses the last administrator', async () => {
    const { id } = await person('admin');
    await expect(setUserDisabled(runtime.context(), { id, disabled: true })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(updateUser(runtime.context(), { id, role: 'leader' })).rejects.toMatchObject({
      code: 'conflict',
    });
    const second = await person('admin');
    await setUserDisabled(runtime.context(), { id, disabled: true });
    await expect(setUserDisabled(runtime.context(), { id: second.id, disabled: true })).rejects.toMatchObject(
      {
        code: 'conflict',
      },
    );
  });

  it('is for administrators alone, and within their own scope', async () => {
    const { id, username } = await person();
    const wanted = { username: 'x.new', name: 'x', role: 'leader' as const, regions: [140000] };
    for (const role of ROLES.filter((r) => r !== 'admin')) {
      const ctx = runtime.context(actorOf(role));
      for (const refused of [
        () => listUsers(ctx),
        () => createUser(ctx, wanted),
        () => updateUser(ctx, { id, name: 'y' }),
        () => setUserDisabled(ctx, { id, disabled: true }),
        () => resetPassword(ctx, { username }),
        () => unlockUser(ctx, { id }),
      ])
        await expect(refused()).rejects.toMatchObject({ code: 'forbidden' });
    }
    const cityAdmin = runtime.context(actorOf('admin', { regions: [140100] }));
    await expect(createUser(cityAdmin, wanted)).rejects.toMatchObject({
      code: 'forbidden',
      place: 'regions',
    });
    await expect(updateUser(cityAdmin, { id, regions: [140200] })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('refuses a taken name, a short password and an unknown region with their place', async () => {
    const { username } = await person();
    const base = { username, name: 'x', role: 'leader' as const, regions: [140000] };
    const ctx = runtime.context();
    await expect(createUser(ctx, base)).rejects.toMatchObject({ code: 'conflict', place: 'username' });
    await expect(createUser(ctx, { ...base, username: 'other.one', password: 'short' })).rejects.toThrow(
      '密码至少 12 位',
    );
    await expect(createUser(ctx, { ...base, username: 'other.one', regions: [999999] })).rejects.toThrow(
      'GB/T 2260',
    );
  });
});

describe('the first start', () => {
  it('makes no second administrator, and one account a role for the demo once', async () => {
    expect(await ensureFirstAdmin(runtime.stores, {})).toBeNull();
    const made = await ensureDemoAccounts(runtime.stores);
    expect(made.map((c) => c.role)).toEqual([...ROLES]);
    for (const { username, password } of made)
      expect((await attempt(username, password ?? '')).ok).toBe(true);
    expect(await ensureDemoAccounts(runtime.stores)).toEqual([]);
  });
});

describe('the audit', () => {
  it('is append-only, read by administrators and auditors, page by page', async () => {
    await recordAudit(runtime.context(), {
      action: 'test.one',
      entity: 'test',
      entityId: '1',
      details: { n: 1 },
    });
    await recordAudit(runtime.context(), { action: 'test.two', entity: 'test', entityId: '2' });
    const change = (statement: ReturnType<typeof sql>) =>
      runtime.stores.db.execute(statement).then(
        () => 'done',
        (error: Error) => String(error.cause ?? error),
      );
    expect(await change(sql`UPDATE audit SET outcome = 'success'`)).toMatch(/append-only/);
    expect(await change(sql`DELETE FROM audit`)).toMatch(/append-only/);
    expect(await change(sql`TRUNCATE audit`)).toMatch(/append-only/);

    const auditor = runtime.context(actorOf('auditor'));
    const first = await listAudit(auditor, { entity: 'test', limit: 1 });
    expect(first.entries.map((e) => e.action)).toEqual(['test.two']);
    const second = await listAudit(auditor, {
      entity: 'test',
      limit: 1,
      cursor: first.nextCursor ?? undefined,
    });
    expect(second.entries.map((e) => [e.action, e.details])).toEqual([['test.one', { n: 1 }]]);
    expect(second.nextCursor).toBeNull();
    for (const role of ['leader', 'analyst', 'operator'] as const)
      await expect(listAudit(runtime.context(actorOf(role)), {})).rejects.toMatchObject({
        code: 'forbidden',
      });
  });
});

describe("the asker's address", () => {
  const address = (peer: string | null, forwarded: string | null, trustedProxies: string[]) => {
    const headers = new Headers();
    if (peer) headers.set(ADDRESS_HEADER, peer);
    if (forwarded) headers.set('x-forwarded-for', forwarded);
    return clientAddress(headers, { trustedProxies });
  };

  it('believes X-Forwarded-For only from a trusted proxy, and only as far as the chain is trusted', () => {
    expect(address('203.0.113.9', '1.2.3.4', [])).toBe('203.0.113.9');
    expect(address('10.1.2.3', '1.2.3.4', ['10.0.0.0/8'])).toBe('1.2.3.4');
    expect(address('::ffff:10.1.2.3', '6.6.6.6, 1.2.3.4, 10.9.9.9', ['10.0.0.0/8'])).toBe('1.2.3.4');
    expect(address('10.1.2.3', 'nonsense', ['10.0.0.0/8'])).toBe('10.1.2.3');
    expect(address(null, '1.2.3.4', ['10.0.0.0/8'])).toBeNull();
  });
});
