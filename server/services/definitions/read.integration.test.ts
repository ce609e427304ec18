import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { definitionsFromYaml } from '@/metrics/model/definition-yaml';
import { definitionHash } from '@/metrics/model/hash';
import { bringUpCatalogue } from '@/server/catalogue/bring-up';
import { readShippedCatalogue } from '@/server/catalogue/read';
import { definition } from '@/server/db/schema/registry';
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
    for (const row of rows) expect(row.reasons.length > 0, row.code).toBe(row.state !== 'present');
    expect(await countDefinitions(ctx)).toMatchObject({ total: 219, present: 0 });
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

  it('shows an own version beside which a newer shipped one lies, with what differs', async () => {
    const { db, registry, clock } = runtime.stores;
    const own = { ...registry.get('imports').definition, story: '本省自定', precision: 3 };
    const now = new Date(clock.nowMs());
    await db.insert(definition).values({
      ...{ code: 'imports', version: 2, status: 'published', hash: definitionHash(own), body: own },
      ...{ effectiveFrom: now, createdAt: now, createdBy: '王工' },
    });
    const newer = readShippedCatalogue().map((one) =>
      one.code === 'imports' ? { ...one, note: '含加工贸易', precision: 3 } : one,
    );
    runtime.stores.registry = await bringUpCatalogue(runtime.stores, newer);
    const ctx = runtime.context(actorOf('operator'));
    const rows = await listDefinitions(ctx);
    expect(rows.filter(({ offered }) => offered).map(({ code, version }) => [code, version])).toEqual([
      ['imports', 2],
    ]);
    const { offer, versions } = await readDefinition(ctx, { code: 'imports' });
    expect(versions.map(({ version, status }) => [version, status])).toEqual([
      [3, 'offered'],
      [2, 'published'],
      [1, 'published'],
    ]);
    const shipped = newer.find(({ code }) => code === 'imports');
    expect(offer).toMatchObject({
      version: 3,
      changes: [
        { member: 'story', own: '本省自定', shipped: shipped?.story },
        { member: 'note', own: null, shipped: '含加工贸易' },
      ],
    });
    expect((await readDefinition(ctx, { code: 'exports' })).offer).toBeNull();
  });

  it('says what differs in words: limits, promises and levels, never the codes of the definition', async () => {
    const { db, registry, clock } = runtime.stores;
    const shipped = registry.get('gdp_growth').definition;
    const set = (limit: number) => ({
      text: `default[value] yellow<${limit}`,
      sets: [
        {
          source: 'default' as const,
          measure: 'value' as const,
          rules: [{ type: 'compare' as const, colour: 'yellow' as const, op: 'lt' as const, limit }],
        },
      ],
    });
    const own = { ...shipped, thresholds: set(2), levels: ['province' as const] };
    const now = new Date(clock.nowMs());
    await db.insert(definition).values({
      ...{ code: 'gdp_growth', version: 2, status: 'published', hash: definitionHash(own), body: own },
      ...{ effectiveFrom: now, createdAt: now, createdBy: '王工' },
    });
    const newer = readShippedCatalogue().map((one) =>
      one.code === 'gdp_growth'
        ? {
            ...one,
            thresholds: set(3),
            levels: ['province' as const, 'city' as const],
            release: { lag: '季后', rules: [{ type: 'after_period' as const, period: 'quarter' as const }] },
          }
        : one,
    );
    runtime.stores.registry = await bringUpCatalogue(runtime.stores, newer);
    const { offer } = await readDefinition(runtime.context(actorOf('operator')), { code: 'gdp_growth' });
    const changes = new Map(offer?.changes.map(({ member, ...texts }) => [member, texts]));
    expect([...changes.keys()].sort()).toEqual(['levels', 'release', 'thresholds']);
    expect(changes.get('levels')).toEqual({ own: '省级', shipped: '省级、市级' });
    expect(changes.get('thresholds')).toEqual({
      own: '数值(默认,可配置):黄 < 2',
      shipped: '数值(默认,可配置):黄 < 3',
    });
    expect(changes.get('release')?.shipped).toBe('季后;季结束后');
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
