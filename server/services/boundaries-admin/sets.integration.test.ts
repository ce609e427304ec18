import { readFileSync } from 'node:fs';
import { feature } from 'topojson-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BoundaryTopology } from '@/metrics/geo/boundary-topology';
import { ROLES } from '@/server/context';
import { listAudit } from '@/server/services/audit/list';
import {
  activateBoundarySet,
  checkBoundaries,
  listBoundarySets,
  readBoundarySet,
  removeBoundarySet,
  type SaveBoundariesInput,
  saveBoundarySet,
} from '@/server/services/boundaries-admin/sets';
import { readBoundaries } from '@/server/services/regions/boundaries';
import { actorOf } from '@/tests/support/actors';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

/** The shipped counties as the GeoJSON file an operator might have. */
function countyFile(): { type: string; features: object[] } {
  const topology = JSON.parse(readFileSync('seed/boundaries/shanxi.topo.json', 'utf8')) as BoundaryTopology;
  const { features } = feature(topology, topology.objects.county);
  return {
    type: 'FeatureCollection',
    features: features.map(({ geometry, properties }) => ({
      type: 'Feature',
      geometry,
      properties: { adcode: properties.code, name: properties.name },
    })),
  };
}

function input(overrides: Partial<SaveBoundariesInput> = {}): SaveBoundariesInput {
  return {
    name: '测绘院 2026',
    files: [{ name: 'counties.geojson', text: JSON.stringify(countyFile()) }],
    crs: 'wgs84',
    approvalNumber: '晋S(2024)012号',
    sourceLine: '山西省测绘地理信息院',
    activate: false,
    ...overrides,
  };
}

const asOperator = () => runtime.context(actorOf('operator'));

describe('loading an own boundary file', () => {
  it('tells every finding and stores nothing while only checking', async () => {
    const whole = countyFile();
    const damaged = { ...whole, features: whole.features.slice(1) };
    const checked = await checkBoundaries(
      asOperator(),
      input({ files: [{ name: 'a.geojson', text: JSON.stringify(damaged) }], sourceLine: '' }),
    );
    expect(checked.ok).toBe(false);
    expect(checked.topology).toBeNull();
    const errors = checked.findings.filter(({ severity }) => severity === 'error');
    // 小店区 140105 is the first county by code.
    expect(errors.map(({ property }) => property)).toEqual(['sourceLine', 'features']);
    expect(errors[1]?.reason).toContain('140105 小店区');
    expect(await listBoundarySets(asOperator())).toEqual([]);
  });

  it('takes one file a city, in any number', async () => {
    const { features } = countyFile();
    const half = Math.floor(features.length / 2);
    const files = [features.slice(0, half), features.slice(half)].map((part, index) => ({
      name: `${index}.json`,
      text: `\uFEFF${JSON.stringify({ type: 'FeatureCollection', features: part })}`,
    }));
    const checked = await checkBoundaries(asOperator(), input({ files }));
    expect(checked.findings).toEqual([]);
    expect(checked.topology?.objects.county.geometries).toHaveLength(117);
    expect(checked.sourceLine).toContain('审图号:晋S(2024)012号');
  });

  it('names the file that is no JSON', async () => {
    const checked = await checkBoundaries(
      asOperator(),
      input({ files: [{ name: 'half.geojson', text: '{"type":"Feat' }] }),
    );
    expect(checked.findings[0]).toMatchObject({ severity: 'error', property: 'half.geojson' });
  });

  it('shows the active set with its number on the maps, one at a time, and goes back to the shipped one', async () => {
    const shipped = await readBoundaries(asOperator());
    const first = await saveBoundarySet(asOperator(), input({ activate: true }));
    const active = JSON.parse((await readBoundaries(asOperator())).body);
    expect(active.approvalNumber).toBe('晋S(2024)012号');
    const second = await saveBoundarySet(asOperator(), input({ name: '另一套', activate: true }));
    expect((await listBoundarySets(asOperator())).filter((row) => row.active).map(({ id }) => id)).toEqual([
      second.id,
    ]);
    await expect(removeBoundarySet(asOperator(), second)).rejects.toMatchObject({ code: 'conflict' });
    expect((await readBoundarySet(asOperator(), first)).topology.objects.city.geometries).toHaveLength(11);
    await activateBoundarySet(asOperator(), { id: null });
    expect((await readBoundaries(asOperator())).hash).toBe(shipped.hash);
    await removeBoundarySet(asOperator(), first);
    const { entries } = await listAudit(runtime.context(actorOf('admin')), { entity: 'boundary' });
    expect(entries.map(({ action }) => action)).toEqual([
      'boundary.remove',
      'boundary.activate',
      'boundary.create',
      'boundary.create',
    ]);
  });

  it('keeps what is shown when the set to activate does not exist', async () => {
    const { id } = await saveBoundarySet(asOperator(), input({ activate: true }));
    await expect(activateBoundarySet(asOperator(), { id: 'nobody' })).rejects.toMatchObject({
      code: 'not_found',
    });
    const rows = await listBoundarySets(asOperator());
    expect(rows.find((row) => row.active)?.id).toBe(id);
  });

  it('refuses a file with errors, and everybody but operators and administrators', async () => {
    await expect(saveBoundarySet(asOperator(), input({ sourceLine: '' }))).rejects.toMatchObject({
      code: 'bad_input',
      place: 'sourceLine',
    });
    for (const role of ROLES.filter((own) => own !== 'operator' && own !== 'admin')) {
      const ctx = runtime.context(actorOf(role));
      await expect(listBoundarySets(ctx)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(checkBoundaries(ctx, input())).rejects.toMatchObject({ code: 'forbidden' });
      await expect(saveBoundarySet(ctx, input())).rejects.toMatchObject({ code: 'forbidden' });
      await expect(activateBoundarySet(ctx, { id: null })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(removeBoundarySet(ctx, { id: 'x' })).rejects.toMatchObject({ code: 'forbidden' });
    }
  });
});
