import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { runCompute } from '@/server/compute/run';
import { alone, beforeOthers, giveWay } from '@/server/compute/turns';
import type { Stores } from '@/server/context';
import { createLocks } from '@/server/db/locks';
import { at, openWorld, ticket, type World } from '@/tests/support/compute';

let world: World;
let here: Stores;
let there: Stores;
beforeAll(async () => {
  world = await openWorld('2026-11-20T12:00:00');
  // Two processes of one installation on shared stores: each has locks of its own.
  const processOf = (): Stores => ({
    ...world.runtime.stores,
    locks: createLocks(world.runtime.database.connection, world.runtime.stores.log),
  });
  [here, there] = [processOf(), processOf()];
});
afterAll(async () => {
  await Promise.all([here.locks.close(), there.locks.close()]);
  await world.runtime.close();
});

it('one computation at a time, whichever process it is in', async () => {
  const seen: string[] = [];
  const work = (stores: Stores, name: string) =>
    alone(stores, async () => {
      seen.push(`${name} begins`);
      await sleep(50);
      await giveWay(stores);
      await sleep(50);
      seen.push(`${name} ends`);
    });
  const first = work(here, 'here');
  await vi.waitUntil(() => seen.length > 0, { interval: 1 });
  await Promise.all([first, work(there, 'there')]);
  expect(seen).toEqual(['here begins', 'here ends', 'there begins', 'there ends']);
});

it('what a wall waits for in one process goes between the steps of a long one in the other', async () => {
  const seen: string[] = [];
  let stepping = false;
  const long = alone(here, async () => {
    for (let step = 0; step < 200 && !seen.includes('urgent'); step += 1) {
      stepping = true;
      await sleep(10);
      stepping = false;
      await giveWay(here);
    }
    seen.push('long');
  });
  // Whoever asks first is not yet whoever holds the lock: its connection may be opened later.
  await vi.waitUntil(() => stepping, { interval: 1 });
  // A long one that waits in the second process does not keep its urgent ones waiting.
  const second = alone(there, async () => void seen.push('second long'));
  await sleep(20);
  const beside: boolean[] = [];
  await beforeOthers(there, async () => {
    beside.push(stepping);
    await sleep(30);
    beside.push(stepping);
    seen.push('urgent');
  });
  await Promise.all([long, second]);
  expect(seen).toEqual(['urgent', 'long', 'second long']);
  expect(beside).toEqual([false, false]);
});

it('two processes that compute the same stretch at once append every value once', async () => {
  await world.load('hotline_ticket', [
    ticket('a', 140105, '2026-11-20 09:00:00'),
    ticket('b', 140212, '2026-11-20 10:00:00'),
  ]);
  const metrics = ['hotline_requests'];
  const options = { dataset: 'hotline_ticket', fromMs: at('2026-11-01T00:00:00'), metrics, reason: 'test' };
  const done = await Promise.all([here, there, here].map((stores) => runCompute(stores, options)));
  expect(done.filter(({ rowsWritten }) => rowsWritten > 0)).toHaveLength(1);
  const twice = await here.warehouse.screens.rows({
    name: 'twice',
    sql: `SELECT metric, count() AS n FROM observation
      GROUP BY metric, freq, region, slice, basis, measure, period HAVING n > 1 ORDER BY metric LIMIT 5`,
    row: z.object({ metric: z.string(), n: z.coerce.number() }),
  });
  expect(twice).toEqual([]);
  // Nothing is left locked for the next.
  const { rows } = await here.db.execute<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory'`,
  );
  expect(rows).toEqual([{ n: 0 }]);
});
