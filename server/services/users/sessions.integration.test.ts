import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { session } from '@/server/db/schema/auth';
import { createUser } from '@/server/services/users/create';
import { endUserSessions, listUserSessions } from '@/server/services/users/sessions';
import { actorOf } from '@/tests/support/actors';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
let id = '';
beforeAll(async () => {
  runtime = await openTestRuntime();
  const admin = runtime.context(actorOf('admin'));
  ({ id } = await createUser(admin, {
    username: 'someone',
    name: '某人',
    role: 'leader',
    regions: [140000],
  }));
  const nowMs = runtime.clock.nowMs();
  await runtime.stores.db.insert(session).values(
    [3_600_000, -3_600_000].map((lifeMs) => ({
      id: randomUUID(),
      token: randomUUID(),
      userId: id,
      expiresAt: new Date(nowMs + lifeMs),
      createdAt: new Date(nowMs),
      updatedAt: new Date(nowMs),
    })),
  );
});
afterAll(() => runtime.close());

describe('sessions of a person', () => {
  it('shows the open ones without their secrets, and ends them at once', async () => {
    const admin = runtime.context(actorOf('admin'));
    const open = await listUserSessions(admin, { id });
    expect(open).toHaveLength(1);
    expect(Object.keys(open[0] ?? {})).not.toContain('token');
    const revoked: string[] = [];
    const off = runtime.stores.bus.on('revoked', ({ actorId }) => revoked.push(actorId));
    await endUserSessions(admin, { id });
    off();
    expect(revoked).toEqual([id]);
    expect(await listUserSessions(admin, { id })).toEqual([]);
  });

  it('is for administrators alone', async () => {
    for (const role of ['leader', 'analyst', 'operator', 'auditor'] as const) {
      const ctx = runtime.context(actorOf(role));
      await expect(listUserSessions(ctx, { id })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(endUserSessions(ctx, { id })).rejects.toMatchObject({ code: 'forbidden' });
    }
  });
});
