import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@/server/context';
import { actorOf } from '@/tests/support/actors';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';
import { followChanges } from './changes';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

function follow(actor: Actor, resolveAgain: () => Promise<Actor | null> = async () => actor) {
  const stop = new AbortController();
  const options = { signal: stop.signal, resolveAgain, heartbeatMs: 20 };
  return { stop, changes: followChanges(runtime.context(actor), options) };
}

describe('following the data', () => {
  it('is refused to who may see no screen', async () => {
    const { changes } = follow(actorOf('auditor'));
    await expect(changes.next()).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('tells of metrics of the own domains alone', async () => {
    const { changes, stop } = follow(actorOf('leader', { domains: ['economy'] }));
    expect((await changes.next()).value).toMatchObject({ reason: 'connected' });
    runtime.stores.bus.emit('observations', {
      version: 2,
      metrics: ['gdp', 'infectious_cases'],
      regions: [140000],
    });
    expect((await changes.next()).value).toMatchObject({ reason: 'changed', metrics: ['gdp'] });
    stop.abort();
    expect(await changes.next()).toMatchObject({ done: true });
  });

  it('ends when the reader is one no more', async () => {
    const reader = actorOf('leader');
    const { changes } = follow(reader, async () => null);
    await changes.next();
    runtime.stores.bus.emit('revoked', { actorId: reader.id });
    expect(await changes.next()).toMatchObject({ done: true });
  });

  it('ends when the scope has become another', async () => {
    const narrowed = actorOf('leader', { regions: [140100] });
    const { changes } = follow(actorOf('leader'), async () => narrowed);
    await changes.next();
    expect(await changes.next()).toMatchObject({ done: true });
  });
});
