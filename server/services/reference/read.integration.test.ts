import fs from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { definitionHash } from '@/metrics/model/hash';
import { cockpitHost } from '@/server/commands/client';
import { commandDoor } from '@/server/commands/door';
import { definition as definitionTable } from '@/server/db/schema/registry';
import { openTestRuntime } from '@/tests/support/stores';

const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing) close();
});

describe('the reference of a running cockpit', () => {
  it('has the versions of the registry, not those that were shipped', async () => {
    const first = await openTestRuntime({ keepDir: true });
    const { dataDir } = first.env;
    closing.push(() => {
      fs.rmSync(dataDir, { recursive: true, force: true });
      if (first.postgresHome) fs.rmSync(first.postgresHome, { recursive: true, force: true });
    });
    const changed = { ...first.stores.registry.get('gdp').definition, story: '改过的说明。' };
    const at = new Date(first.clock.nowMs());
    await first.stores.db.insert(definitionTable).values({
      code: 'gdp',
      version: 2,
      status: 'published',
      hash: definitionHash(changed),
      body: changed,
      effectiveFrom: at,
      createdAt: at,
      createdBy: 'test',
    });
    await first.close();

    const second = await openTestRuntime({ dataDir, keepDir: true });
    try {
      second.control.handle(commandDoor(second));
      const entries = await cockpitHost(second.control.path).call('reference', {});
      expect(entries.length).toBe(second.stores.registry.all().length);
      const gdp = entries.find(({ definition }) => definition.code === 'gdp');
      expect(gdp).toMatchObject({ version: 2, hash: definitionHash(changed) });
      // What came through the socket is still the definition that was hashed.
      expect(gdp && definitionHash(gdp.definition)).toBe(definitionHash(changed));
    } finally {
      await second.close();
    }
  });
});
