import { and, asc, eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MetricDefinition, parseDefinition } from '@/metrics/model/definition';
import { definitionHash } from '@/metrics/model/hash';
import { withMigrationLock } from '@/server/db/migrate';
import { audit } from '@/server/db/schema/access';
import { definition } from '@/server/db/schema/registry';
import { at } from '@/tests/support/compute';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';
import { bringUpCatalogue } from './bring-up';
import { readShippedCatalogue } from './read';
import { countingOf } from './registry';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

/** The catalogue of a later build, in which some definitions say something else. */
function laterBuild(changes: Record<string, Partial<MetricDefinition>>): MetricDefinition[] {
  return readShippedCatalogue().map((one) => parseDefinition({ ...one, ...changes[one.code] }));
}

const start = (shipped: MetricDefinition[]) =>
  withMigrationLock(runtime.database, () => bringUpCatalogue(runtime.stores, shipped));

async function versionsOf(code: string) {
  const rows = await runtime.stores.db
    .select()
    .from(definition)
    .where(eq(definition.code, code))
    .orderBy(asc(definition.version));
  return rows.map(({ version, status, createdBy, effectiveFrom }) => [
    version,
    status,
    createdBy,
    effectiveFrom.getTime(),
  ]);
}

const auditOf = (code: string) =>
  runtime.stores.db
    .select()
    .from(audit)
    .where(and(eq(audit.entityId, code), like(audit.action, 'definition.%')))
    .orderBy(asc(audit.at));

const total = async () => (await runtime.stores.db.select().from(definition)).length;

describe('a start of a newer build', () => {
  it('puts another shipped definition in force from now, audited, and keeps the one before', async () => {
    runtime.clock.set(at('2026-11-24T08:00:00'));
    const before = await total();
    const registry = await start(laterBuild({ hotline_requests: { yoy: 'abs_diff' } }));
    expect(await versionsOf('hotline_requests')).toEqual([
      [1, 'published', 'shipped catalogue', 0],
      [2, 'published', 'shipped catalogue', at('2026-11-24T08:00:00')],
    ]);
    expect(registry.get('hotline_requests')).toMatchObject({
      version: 2,
      effectiveFromMs: at('2026-11-24T08:00:00'),
      definition: { yoy: 'abs_diff' },
    });
    expect(await total()).toBe(before + 1);
    expect(await auditOf('hotline_requests')).toMatchObject([
      { action: 'definition.publish', actorKind: 'system', outcome: 'success', details: { version: 2 } },
    ]);
  });

  it('changes nothing when it starts once more, or when two start at once', async () => {
    const before = await total();
    const same = laterBuild({ hotline_requests: { yoy: 'abs_diff' } });
    await start(same);
    expect(await total()).toBe(before);
    const newer = laterBuild({ hotline_requests: { yoy: 'none' } });
    await Promise.all([start(newer), start(newer), start(newer)]);
    expect(await total()).toBe(before + 1);
    expect((await auditOf('hotline_requests')).length).toBe(2);
  });

  it('sees no change in the order of members, nor in a member that the schema gained with a default', async () => {
    const shipped = laterBuild({ hotline_requests: { yoy: 'none' } });
    const unsliced = shipped.find(({ slices }) => slices.length === 0) ?? shipped[0];
    const code = unsliced?.code ?? '';
    // As a build wrote it that did not know `slices` yet, with the hash of what it knew.
    const members = Object.entries(unsliced ?? {}).filter(([member]) => member !== 'slices');
    const reversed = Object.fromEntries(members.reverse());
    await runtime.stores.db
      .update(definition)
      .set({ body: reversed, hash: 'of the older schema' })
      .where(eq(definition.code, code));
    const before = await total();
    await start(shipped);
    expect(await total()).toBe(before);
  });

  it('counts on under the former version where only words are others', async () => {
    const base = laterBuild({ hotline_requests: { yoy: 'none' } });
    const words = base.map((one) => (one.code === 'gdp' ? { ...one, story: '看总量,也看结构' } : one));
    const registry = await start(words);
    const entry = registry.get('gdp');
    expect([entry.version, entry.definition.story]).toEqual([2, '看总量,也看结构']);
    expect(countingOf(entry)).toEqual({ version: 1, fromMs: 0 });
    // 同比 of hotline_requests is read by formulas: what it is changes numbers, from the instant of each change on.
    const counted = registry.get('hotline_requests');
    expect(countingOf(counted).version).toBe(3);
    expect(countingOf(counted, at('2026-11-24T07:59:59')).version).toBe(1);
    expect(countingOf(counted, 0).version).toBe(1);
  });

  it('leaves an own version in force and lays the shipped one beside it, once', async () => {
    const { db, clock } = runtime.stores;
    const [shipped] = readShippedCatalogue().filter(({ code }) => code === 'cpi_yoy');
    const own = { ...shipped, story: '本省自定' } as MetricDefinition;
    await db.insert(definition).values({
      ...{ code: 'cpi_yoy', version: 2, status: 'published', hash: definitionHash(own), body: own },
      ...{ effectiveFrom: new Date(clock.nowMs()), createdAt: new Date(clock.nowMs()), createdBy: '王工' },
    });
    const sameBuild = readShippedCatalogue();
    // He began from what is shipped: that it differs from his is no news.
    expect((await start(sameBuild)).get('cpi_yoy').definition.story).toBe('本省自定');
    expect((await versionsOf('cpi_yoy')).length).toBe(2);
    const newer = laterBuild({ cpi_yoy: { precision: 2 } });
    for (const _ of [1, 2])
      expect((await start(newer)).get('cpi_yoy')).toMatchObject({
        version: 2,
        definition: { story: '本省自定' },
      });
    expect((await versionsOf('cpi_yoy')).map(([version, status]) => [version, status])).toEqual([
      [1, 'published'],
      [2, 'published'],
      [3, 'offered'],
    ]);
    expect(await auditOf('cpi_yoy')).toMatchObject([{ action: 'definition.offer', details: { version: 3 } }]);
    // An own version is a 口径 of its own whatever it changes.
    expect(countingOf((await start(newer)).get('cpi_yoy')).version).toBe(2);
  });

  it('keeps what is no longer shipped, and takes in what is new', async () => {
    const shipped = readShippedCatalogue();
    const without = shipped.filter(({ code }) => code !== 'ppi_yoy');
    const [ppi] = shipped.filter(({ code }) => code === 'ppi_yoy');
    const added = parseDefinition({ ...ppi, code: 'ppi_services' });
    const registry = await start([...without, added]);
    expect(registry.find('ppi_yoy')?.version).toBe(1);
    expect(registry.find('ppi_services')).toMatchObject({ version: 1, effectiveFromMs: 0 });
  });

  it('puts the shipped definition in the place of a shipped one that it cannot read any more', async () => {
    await runtime.stores.db
      .update(definition)
      .set({ body: { code: 'imports', kind: 'of another age' } })
      .where(eq(definition.code, 'imports'));
    const codes = readShippedCatalogue().map(({ code }) => code);
    expect(codes).toContain('imports');
    const registry = await start(readShippedCatalogue());
    expect(registry.get('imports').version).toBe(2);
  });
});
