import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as enter } from '@/app/(auth)/device/[secret]/route';
import { POST as signIn } from '@/app/api/auth/sign-in/route';
import { POST as signOut } from '@/app/api/auth/sign-out/route';
import { GET as trpc, POST as trpcPost } from '@/app/api/trpc/[trpc]/route';
import { ROLES } from '@/server/context';
import { createDevice, listDevices, revokeDevice } from '@/server/services/devices/devices';
import { createToken, listTokens, revokeToken } from '@/server/services/tokens/tokens';
import { createUser } from '@/server/services/users/create';
import { actorOf } from '@/tests/support/actors';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

const ORIGIN = 'http://cockpit.test';
const PASSWORD = 'correct horse 12';

let runtime: TestRuntime;
const closers: (() => Promise<void> | void)[] = [];
beforeAll(async () => {
  runtime = await openTestRuntime();
  const app = {
    runtime: { ...runtime, onClose: (_name: string, work: () => void) => closers.push(work) },
    contextFor: runtime.context,
  };
  Object.assign(globalThis, { yipingApp: Promise.resolve(app) });
  await createUser(runtime.context(), {
    username: 'somebody',
    name: '某人',
    role: 'admin',
    regions: [140000],
    password: PASSWORD,
  });
});
afterAll(() => runtime.close());

async function wall() {
  const { id, path } = await createDevice(runtime.context(), { name: '一楼大厅', regions: [140000] });
  const secret = path.replace('/device/', '');
  const response = await enter(new Request(`${ORIGIN}${path}`), { params: Promise.resolve({ secret }) });
  return { id, response, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

function me(cookie: string) {
  return trpc(new Request(`${ORIGIN}/api/trpc/session.me`, { headers: { cookie } }));
}

/** Events of the change stream, one by one. */
async function openStream(cookie: string) {
  const abort = new AbortController();
  const request = new Request(`${ORIGIN}/api/trpc/live.changes`, {
    headers: { cookie },
    signal: abort.signal,
  });
  const response = await trpc(request);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  const next = async (): Promise<{ event: string; data: string }> => {
    for (;;) {
      const end = buffer.indexOf('\n\n');
      if (end >= 0) {
        const block = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1] ?? '';
        return { event: field('event'), data: field('data') };
      }
      const chunk = await reader?.read();
      if (!chunk || chunk.done) return { event: 'end', data: '' };
      buffer += chunk.value;
    }
  };
  return { status: response.status, next, stop: () => abort.abort() };
}

async function nextChange(stream: { next(): Promise<{ event: string; data: string }> }) {
  for (;;) {
    const { event, data } = await stream.next();
    if (event === '' && data) return JSON.parse(data).json;
    if (event === 'return' || event === 'end') return 'ended';
    if (event === 'serialized-error') return data.includes('UNAUTHORIZED') ? 'unauthorized' : data;
  }
}

describe("a wall's link", () => {
  it('signs the wall in by being opened, as a leader who only reads, and shows when it was seen', async () => {
    const { id, response, cookie } = await wall();
    expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
    expect(response.headers.get('set-cookie')).toMatch(/^yiping\.device=.*HttpOnly.*SameSite=Lax/);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    const answer = await (await me(cookie)).json();
    expect(answer.result.data.json).toMatchObject({ kind: 'device', name: '一楼大厅', role: 'leader' });
    expect(answer.result.data.json.capabilities).toEqual(['screen:read', 'metric:read']);
    const seen = (await listDevices(runtime.context())).find((row) => row.id === id);
    expect(seen?.lastSeenAt?.getTime()).toBe(runtime.clock.nowMs());
    expect(JSON.stringify(seen)).not.toContain(cookie.split('=')[1]);
  });

  it('that is unknown or revoked leads to the form and sets no cookie', async () => {
    const opened = await wall();
    await revokeDevice(runtime.context(), { id: opened.id });
    expect((await me(opened.cookie)).status).toBe(401);
    const secret = opened.cookie.split('=')[1] ?? '';
    for (const tried of [secret, 'no-such-secret']) {
      const response = await enter(new Request(`${ORIGIN}/device/${tried}`), {
        params: Promise.resolve({ secret: tried }),
      });
      expect(response.headers.get('location')).toBe('/sign-in?reason=device');
      expect(response.headers.get('set-cookie')).toBeNull();
    }
  });
});

describe('the change stream', () => {
  it('tells the version at once and every change, and ends when the link is revoked', async () => {
    const { id, cookie } = await wall();
    const stream = await openStream(cookie);
    expect(await nextChange(stream)).toMatchObject({ reason: 'connected', version: 0, metrics: null });
    runtime.stores.bus.emit('observations', {
      version: 1,
      metrics: ['pm25_avg', 'unregistered'],
      regions: [140100],
    });
    runtime.stores.bus.emit('load', { loadId: 'l', dataset: 'air_quality_hour', accepted: 3 });
    const changes = [await nextChange(stream)];
    // Both may come as one event or as two, depending on when the reader asks.
    if (changes[0].datasets.length === 0) changes.push(await nextChange(stream));
    expect(changes.flatMap((change) => change.metrics)).toEqual(['pm25_avg']);
    expect(changes.flatMap((change) => change.datasets)).toEqual(['air_quality_hour']);
    await revokeDevice(runtime.context(), { id });
    expect(await nextChange(stream)).toBe('ended');
    expect(await nextChange(await openStream(cookie))).toBe('unauthorized');
  });

  it('ends before the stores close', async () => {
    const { cookie } = await wall();
    const stream = await openStream(cookie);
    await nextChange(stream);
    for (const close of closers.splice(0)) await close();
    expect(await nextChange(stream)).toBe('ended');
  });
});

describe('the sign-in form', () => {
  const post = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    signIn(
      new Request(`${ORIGIN}/api/auth/sign-in`, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { origin: ORIGIN, host: 'cockpit.test', ...headers },
      }),
    );
  const account = { username: 'somebody', password: PASSWORD };

  it('is a form: anything else is told so', async () => {
    const response = await signIn(
      new Request(`${ORIGIN}/api/auth/sign-in`, {
        method: 'POST',
        body: JSON.stringify(account),
        headers: { origin: ORIGIN, host: 'cockpit.test', 'content-type': 'application/json' },
      }),
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'bad_input', place: 'body' } });
  });

  it('goes on to the page that was wanted, never to another site, and says what was wrong', async () => {
    const cookies = await post({ ...account, next: '/metric/gdp?freq=Q' });
    expect([cookies.status, cookies.headers.get('location')]).toEqual([303, '/metric/gdp?freq=Q']);
    for (const next of [
      '//evil.test/',
      'https://evil.test/',
      '/\\evil.test',
      'javascript:alert(1)',
      '/sign-in',
    ])
      expect((await post({ ...account, next })).headers.get('location')).toBe('/');
    const wrong = await post({ ...account, password: 'wrong password 1' });
    expect(wrong.headers.get('location')).toBe('/sign-in?reason=wrong&next=%2F');
    expect(wrong.headers.get('set-cookie')).toBeNull();
  });

  it('refuses a form that another site sends, and so do sign-out and changes by cookie', async () => {
    expect((await post(account, { origin: 'https://evil.test' })).status).toBe(403);
    expect((await post(account, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post(account, { 'sec-fetch-site': 'same-site' })).status).toBe(403);
    const change = (headers: Record<string, string>) =>
      trpcPost(
        new Request(`${ORIGIN}/api/trpc/tokens.revoke`, {
          method: 'POST',
          body: '{"json":{"id":"x"}}',
          headers: { 'content-type': 'application/json', host: 'cockpit.test', ...headers },
        }),
      );
    expect((await change({})).status).toBe(403);
    expect((await change({ origin: 'https://evil.test' })).status).toBe(403);
    expect((await change({ origin: ORIGIN })).status).toBe(401);
    const out = await signOut(new Request(`${ORIGIN}/api/auth/sign-out`, { method: 'POST' }));
    expect(out.status).toBe(403);
  });
});

describe('tokens and links', () => {
  it('are made, listed and revoked by administrators alone, never beyond their own scope', async () => {
    const token = { name: 't', role: 'leader' as const, regions: [140100] };
    const device = { name: 'd', regions: [140100] };
    for (const role of ROLES.filter((r) => r !== 'admin')) {
      const ctx = runtime.context(actorOf(role));
      for (const refused of [
        () => createToken(ctx, token),
        () => listTokens(ctx),
        () => revokeToken(ctx, { id: 'x' }),
        () => createDevice(ctx, device),
        () => listDevices(ctx),
        () => revokeDevice(ctx, { id: 'x' }),
      ])
        await expect(refused()).rejects.toMatchObject({ code: 'forbidden' });
    }
    const narrow = runtime.context(actorOf('admin', { regions: [140200], domains: ['environment'] }));
    await expect(createToken(narrow, token)).rejects.toMatchObject({ code: 'forbidden', place: 'regions' });
    await expect(createToken(narrow, { ...token, regions: [140200] })).rejects.toMatchObject({
      place: 'domains',
    });
    await expect(createDevice(narrow, device)).rejects.toMatchObject({ code: 'forbidden', place: 'regions' });
    const made = await createToken(runtime.context(), token);
    expect(JSON.stringify(await listTokens(runtime.context()))).not.toContain(made.token);
  });
});
