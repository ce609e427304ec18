import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { definitionsFromYaml } from '@/metrics/model/definition-yaml';
import { definitionHash } from '@/metrics/model/hash';
import { countDefinitions, listDefinitions, readDefinition } from '@/server/services/definitions/read';
import { actorOf } from '@/tests/support/actors';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

describe('definitions in the console', () => {
  it('lists all 219, and each without numbers says why', async () => {
    const ctx = runtime.context(actorOf('operator'));
    const rows = await listDefinitions(ctx);
    expect(rows).toHaveLength(219);
    for (const row of rows) expect(row.reasons.length > 0, row.code).toBe(row.state !== 'observed');
    expect(await countDefinitions(ctx)).toMatchObject({ total: 219, observed: 0 });
  });

  it('gives YAML that reads back to the stored hash', async () => {
    const ctx = runtime.context(actorOf('auditor'));
    for (const { code } of await listDefinitions(ctx)) {
      const entry = runtime.stores.registry.get(code);
      const [read] = definitionsFromYaml((await readDefinition(ctx, { code })).yaml).definitions;
      expect(read && definitionHash(read), code).toBe(entry.hash);
    }
  }, 120_000);

  it('shows versions, and names what a metric is computed from both ways', async () => {
    const ctx = runtime.context(actorOf('operator'));
    const derived = (await listDefinitions(ctx)).find((row) => row.kind === 'derived');
    const detail = await readDefinition(ctx, { code: derived?.code ?? '' });
    expect(detail.versions.map(({ version, status }) => [version, status])).toEqual([[1, 'published']]);
    const operand = detail.uses[0];
    const other = await readDefinition(ctx, { code: operand?.code ?? '' });
    expect(other.usedBy.map(({ code }) => code)).toContain(detail.code);
  });

  it('keeps to the domains of the reader and to roles that check definitions', async () => {
    const narrow = runtime.context(actorOf('operator', { domains: ['energy'] }));
    const rows = await listDefinitions(narrow);
    expect(new Set(rows.map((row) => row.domain))).toEqual(new Set(['energy']));
    await expect(readDefinition(narrow, { code: 'gdp' })).rejects.toMatchObject({ code: 'forbidden' });
    for (const role of ['leader', 'analyst'] as const)
      await expect(listDefinitions(runtime.context(actorOf(role)))).rejects.toMatchObject({
        code: 'forbidden',
      });
  });
});
