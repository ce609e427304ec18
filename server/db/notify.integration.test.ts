import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBus } from '@/server/bus';
import { bridgeBus } from '@/server/db/notify';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

it('forwards an event to the other process once, and never back', async () => {
  const [here, there] = [createBus(), createBus()];
  const close = [
    await bridgeBus(here, runtime.database, runtime.stores.log),
    await bridgeBus(there, runtime.database, runtime.stores.log),
  ];
  const seen: string[] = [];
  here.on('load', ({ loadId }) => seen.push(`here ${loadId}`));
  const arrived = new Promise<void>((resolve) => {
    there.on('load', ({ loadId }) => {
      seen.push(`there ${loadId}`);
      resolve();
    });
  });
  here.emit('load', { loadId: 'l1', dataset: 'd', accepted: 1 });
  await arrived;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(seen).toEqual(['here l1', 'there l1']);
  await Promise.all(close.map((one) => one()));
});

it('goes on forwarding after the database was away for longer than one attempt to reach it', async () => {
  const [here, there] = [createBus(), createBus()];
  const away = { ...runtime.database, connection: { ...runtime.database.connection } };
  const close = [
    await bridgeBus(here, runtime.database, runtime.stores.log),
    await bridgeBus(there, away, runtime.stores.log),
  ];
  const { host } = away.connection;
  away.connection.host = '/nonexistent';
  await runtime.database.pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()",
  );
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  away.connection.host = host;
  const heard: string[] = [];
  there.on('load', ({ loadId }) => heard.push(loadId));
  for (let i = 0; i < 50 && heard.length === 0; i += 1) {
    here.emit('load', { loadId: 'l2', dataset: 'd', accepted: 1 });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(heard[0]).toBe('l2');
  await Promise.all(close.map((one) => one()));
});
