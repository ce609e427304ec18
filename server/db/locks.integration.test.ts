import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createLocks, type Locks } from '@/server/db/locks';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
const open: Locks[] = [];
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((locks) => locks.close()));
});
afterAll(() => runtime.close());

/** The locks of one process of an installation with a shared database. */
function processLocks(): Locks {
  const locks = createLocks(runtime.database.connection, runtime.stores.log);
  open.push(locks);
  return locks;
}

/** More than any pool has connections. */
const MANY = 30;

describe.each([
  ['alone with its database', () => createLocks(null, runtime.stores.log)],
  ['with a shared database', processLocks],
])('a process %s', (_, make) => {
  it('leaves the work under its locks connections of the pool, however many locks are held at once', async () => {
    const locks = make();
    const hold = (i: number) =>
      locks.hold(`dataset ${i}`, async () => {
        // As many as can be are held before the first goes on.
        await sleep(50);
        await runtime.stores.db.execute(sql`SELECT 1`);
        return i;
      });
    const done = await Promise.all(Array.from({ length: MANY }, (_, i) => hold(i)));
    expect(done).toHaveLength(MANY);
  }, 20_000);

  it('gives a lock to one at a time, in the order of asking, also after one that failed', async () => {
    const locks = make();
    const seen: string[] = [];
    const hold = (name: string) =>
      locks.hold('x', async () => {
        seen.push(`${name} begins`);
        await sleep(20);
        seen.push(`${name} ends`);
        if (name === 'b') throw new Error('b fails');
      });
    await Promise.allSettled(['a', 'b', 'c'].map(hold));
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });
});

describe('two processes with one database', () => {
  it('keep each other out, and other names in', async () => {
    const [here, there] = [processLocks(), processLocks()];
    const seen: string[] = [];
    const letGo = await here.acquire('x');
    const waiting = there.hold('x', async () => void seen.push('there'));
    await there.hold('y', async () => void seen.push('another name'));
    await sleep(100);
    seen.push('here lets go');
    await letGo();
    await waiting;
    expect(seen).toEqual(['another name', 'here lets go', 'there']);
  });

  it('go on when the one that holds a lock dies, and when it closes', async () => {
    const [here, there] = [processLocks(), processLocks()];
    await here.acquire('x');
    const taken = there.acquire('x');
    await sleep(50);
    // What the server does when the connection of a killed process breaks.
    await runtime.stores.db.execute(sql`SELECT pg_terminate_backend(l.pid) FROM pg_locks l
      JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND l.granted AND a.application_name = 'yiping-locks'`);
    const letGo = await taken;
    const next = here.acquire('y');
    await (await next)();
    await letGo();
    await here.acquire('z');
    await here.close();
    await (await there.acquire('z'))();
    await expect(here.acquire('another')).rejects.toThrow();
  });
});
