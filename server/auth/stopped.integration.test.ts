import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { resolveActor } from '@/server/auth/actor';
import { signIn } from '@/server/auth/sign-in';
import { createUser } from '@/server/services/users/create';
import { openTestRuntime } from '@/tests/support/stores';

const PASSWORD = 'correct horse 12';

it('a request while the stores close fails without naming its session, which logs would keep', async () => {
  const runtime = await openTestRuntime();
  const { id } = await createUser(runtime.context(), {
    username: 'stopping',
    name: '人员',
    role: 'leader',
    regions: [140100],
    password: PASSWORD,
  });
  const signedIn = await signIn(runtime.stores, {
    username: 'stopping',
    password: PASSWORD,
    address: '10.9.0.1',
  });
  const [cookie = ''] = signedIn.ok ? (signedIn.setCookies[0]?.split(';') ?? []) : [];
  const headers = new Headers({ cookie });
  expect(await resolveActor(runtime.stores, headers)).toMatchObject({ id });
  await runtime.close();
  const error: unknown = await resolveActor(runtime.stores, headers).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'unavailable' });
  const [token = ''] = decodeURIComponent(cookie.split('=')[1] ?? '').split('.');
  expect(token.length).toBeGreaterThan(20);
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(token);
}, 60_000);
