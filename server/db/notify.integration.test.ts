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
