import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Feature, FeatureCollection, Polygon, Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { regionsOfLevel } from '@/metrics/regions/tree';
import { boundaryFeatures, polygonsOf } from './boundary-topology';
import { gcj02FromWgs84 } from './gcj02';
import { type ImportOptions, importBoundaries } from './import-boundaries';
import { areaKm2 } from './measure';

const OPTIONS: ImportOptions = { crs: 'wgs84', approvalNumber: '晋S(2024)012号', sourceLine: '测试图' };
const SIDE = 0.2;

type County = Feature<Polygon, { adcode?: number; code?: string; name?: string }>;

function square(west: number, south: number): Position[] {
  const [east, north] = [Number((west + SIDE).toFixed(3)), Number((south + SIDE).toFixed(3))];
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

/** All 117 counties as squares of a 13 × 9 board, neighbours sharing their corners. */
function board(): FeatureCollection<Polygon, County['properties']> & { features: County[] } {
  const features = regionsOfLevel('county').map(({ code, name }, index): County => {
    const west = Number((111 + (index % 13) * SIDE).toFixed(3));
    const south = Number((36 + Math.floor(index / 13) * SIDE).toFixed(3));
    return {
      type: 'Feature',
      properties: { adcode: code, name },
      geometry: { type: 'Polygon', coordinates: [square(west, south)] },
    };
  });
  return { type: 'FeatureCollection', features };
}

function at(collection: { features: County[] }, code: number): County {
  const found = collection.features.find(({ properties }) => properties.adcode === code);
  if (!found) throw new Error(`no ${code} on the board`);
  return found;
}

function errorsOf(collection: unknown, options = OPTIONS) {
  const result = importBoundaries(collection, options);
  expect(result.ok).toBe(false);
  return result.findings.filter(({ severity }) => severity === 'error');
}

describe('importBoundaries', () => {
  it('turns a complete file into counties, cities and the province, with shared arcs and no warnings but the area', () => {
    const result = importBoundaries(board(), OPTIONS);
    if (!result.ok) throw new Error(JSON.stringify(result.findings));
    const counts = (['county', 'city', 'province'] as const).map(
      (level) => boundaryFeatures(result.topology, level).length,
    );
    expect(counts).toEqual([117, 11, 1]);
    expect(result.sourceLine).toBe('测试图;审图号:晋S(2024)012号');
    // 13 × 9 squares of 0.2° are no Shanxi: about 45,900 km².
    expect(result.findings).toEqual([expect.objectContaining({ reason: expect.stringContaining('156700') })]);
    const [province] = boundaryFeatures(result.topology, 'province');
    expect(province && polygonsOf(province).map((rings) => rings.length)).toEqual([1]);
  });

  it('does not mind in which direction a ring runs', () => {
    const mixed = board();
    for (const [index, { geometry }] of mixed.features.entries()) {
      if (index % 2 === 0) geometry.coordinates = geometry.coordinates.map((ring) => ring.toReversed());
    }
    const result = importBoundaries(mixed, OPTIONS);
    if (!result.ok) throw new Error(JSON.stringify(result.findings));
    const [province] = boundaryFeatures(result.topology, 'province');
    expect(province && polygonsOf(province).map((rings) => rings.length)).toEqual([1]);
  });

  it('converts GCJ-02 to WGS84', () => {
    const shifted = board();
    for (const { geometry } of shifted.features) {
      geometry.coordinates = geometry.coordinates.map((ring) =>
        ring.map(([lon = 0, lat = 0]) => [...gcj02FromWgs84([lon, lat])]),
      );
    }
    const result = importBoundaries(shifted, { ...OPTIONS, crs: 'gcj02' });
    if (!result.ok) throw new Error(JSON.stringify(result.findings));
    const [first] = boundaryFeatures(result.topology, 'county');
    const corner = first ? polygonsOf(first)[0]?.[0]?.map(([lon = 0]) => lon) : [];
    expect(Math.min(...(corner ?? []))).toBeCloseTo(111, 5);
  });

  it('reads the code from code, from the feature id, or from the name', () => {
    const mixed = board();
    at(mixed, 140105).properties = { code: '140105' };
    at(mixed, 140106).properties = { name: '太原市迎泽区' };
    const byId = at(mixed, 140107);
    byId.properties = {};
    byId.id = 140107;
    expect(importBoundaries(mixed, OPTIONS).ok).toBe(true);
  });

  it('maps an abolished code to its successor and says so', () => {
    const old = board();
    at(old, 140703).properties = { adcode: 140726, name: '太谷县' };
    const result = importBoundaries(old, OPTIONS);
    if (!result.ok) throw new Error(JSON.stringify(result.findings));
    expect(result.findings).toContainEqual(
      expect.objectContaining({
        severity: 'warning',
        property: 'adcode',
        reason: expect.stringContaining('140703'),
      }),
    );
    const codes = boundaryFeatures(result.topology, 'county').map(({ properties }) => properties.code);
    expect(codes).toContain(140703);
    expect(codes).not.toContain(140726);
  });

  it('joins two former counties that were merged into one outline of their joint area', () => {
    const old = board();
    const whole = at(old, 140403);
    const [[west = 0, south = 0] = []] = whole.geometry.coordinates[0] ?? [];
    const middle = Number((west + SIDE / 2).toFixed(3));
    const [east, north] = [Number((west + SIDE).toFixed(3)), Number((south + SIDE).toFixed(3))];
    const half = (from: number, to: number): Position[][] => [
      [
        [from, south],
        [to, south],
        [to, north],
        [from, north],
        [from, south],
      ],
    ];
    old.features.push({
      type: 'Feature',
      properties: { adcode: 140411, name: '郊区' },
      geometry: { type: 'Polygon', coordinates: half(middle, east) },
    });
    whole.properties = { adcode: 140402, name: '城区' };
    whole.geometry.coordinates = half(west, middle);
    const result = importBoundaries(old, OPTIONS);
    if (!result.ok) throw new Error(JSON.stringify(result.findings));
    const luzhou = boundaryFeatures(result.topology, 'county').find(
      ({ properties }) => properties.code === 140403,
    );
    const polygons = luzhou ? polygonsOf(luzhou) : [];
    expect(polygons.map((rings) => rings.length)).toEqual([1]);
    expect(areaKm2(polygons)).toBeCloseTo(areaKm2([[square(west, south)]]), 1);
  });

  it('reports every fault of a file at once, each with feature, property and reason', () => {
    const bad = board();
    const index = (code: number) => bad.features.indexOf(at(bad, code));
    const places = {
      unknown: index(140105),
      divided: index(140106),
      open: index(140107),
      far: index(140108),
      swapped: index(140109),
      point: index(140110),
      twice: index(140121),
      name: index(140122),
    };
    at(bad, 140107).geometry.coordinates[0]?.pop();
    at(bad, 140108).geometry.coordinates = [square(121.4, 31.2)];
    at(bad, 140109).geometry.coordinates = [square(112, 37).map(([lon = 0, lat = 0]) => [lat, lon])];
    at(bad, 140110).geometry = { type: 'Point', coordinates: [112, 37] } as never;
    at(bad, 140122).properties = { adcode: 140122, name: '清徐县' };
    at(bad, 140121).properties = { adcode: 140123, name: '娄烦县' };
    at(bad, 140105).properties = { adcode: 149999, name: '小店区' };
    at(bad, 140106).properties = { adcode: 140211, name: '南郊区' };
    const errors = errorsOf(bad);
    const reasons = (feature: number) =>
      errors
        .filter((own) => own.feature === feature)
        .map((own) => own.reason)
        .join();
    expect(reasons(places.unknown)).toContain('149999');
    expect(reasons(places.divided)).toContain('140213');
    expect(reasons(places.open)).toContain('不闭合');
    expect(reasons(places.far)).toContain('不在山西范围');
    expect(reasons(places.swapped)).toContain('顺序颠倒');
    expect(reasons(places.point)).toContain('Point');
    expect(reasons(places.name)).toContain('不符');
    expect(errors.some(({ reason }) => reason.includes('140123') && reason.includes('重复'))).toBe(true);
    const missing = errors.find(({ feature }) => feature === null);
    expect(missing?.reason).toContain('太原市缺 3 个');
    for (const code of ['140105', '140106', '140121']) expect(missing?.reason).toContain(code);
    for (const { property } of errors) expect(property).not.toBe('');
  });

  it('refuses what is no feature collection, and features without any key', () => {
    for (const input of [null, [], 'x', { type: 'Feature' }, { type: 'FeatureCollection' }]) {
      expect(errorsOf(input)[0]?.reason).toContain('FeatureCollection');
    }
    expect(errorsOf({ type: 'FeatureCollection', features: [null, { type: 'Feature' }] })[1]).toMatchObject({
      feature: 1,
    });
  });

  it('leaves out city outlines with a word, and asks for the counties', () => {
    const cities = {
      type: 'FeatureCollection',
      features: [{ ...board().features[0], properties: { adcode: 140100 } }],
    };
    const result = importBoundaries(cities, OPTIONS);
    expect(result.ok).toBe(false);
    expect(result.findings[0]).toMatchObject({
      severity: 'warning',
      reason: expect.stringContaining('不是县级'),
    });
    expect(result.findings.filter(({ severity }) => severity === 'error')).toHaveLength(11);
  });

  it('says on the map that there is no 审图号, and warns of one that does not look like any', () => {
    const without = importBoundaries(board(), { ...OPTIONS, approvalNumber: null });
    expect(without).toMatchObject({ ok: true, sourceLine: '测试图;无审图号' });
    const strange = importBoundaries(board(), { ...OPTIONS, approvalNumber: '123' });
    expect(strange.findings[0]).toMatchObject({ severity: 'warning', property: 'approvalNumber' });
    for (const approvalNumber of ['GS(2023)1234号', 'GS京(2022)0001号', '晋S(2024)012号']) {
      const fine = importBoundaries(board(), { ...OPTIONS, approvalNumber });
      expect(fine.findings.some(({ property }) => property === 'approvalNumber')).toBe(false);
    }
    expect(errorsOf(board(), { ...OPTIONS, sourceLine: ' ' })[0]).toMatchObject({ property: 'sourceLine' });
  });
});

const REAL_FILE = path.resolve(
  '../shared/data/boundaries/datav_2020/shanxi_117_counties_2020_140726.geojson',
);

describe.skipIf(!existsSync(REAL_FILE))('importBoundaries on a real file (skipped without ../shared)', () => {
  it('takes the 117 counties of 2020 in GCJ-02, renames 太谷县, and gives the published area of the province', () => {
    const file: unknown = JSON.parse(readFileSync(REAL_FILE, 'utf8'));
    const result = importBoundaries(file, { crs: 'gcj02', approvalNumber: null, sourceLine: '试用数据' });
    if (!result.ok) throw new Error(JSON.stringify(result.findings));
    const reasons = result.findings.map(({ reason }) => reason).join('\n');
    expect(reasons).toContain('140726');
    expect(reasons).toContain('不重合');
    const cities = boundaryFeatures(result.topology, 'city');
    expect(cities).toHaveLength(11);
    expect(Math.abs(areaKm2(cities.flatMap(polygonsOf)) / 156_700 - 1)).toBeLessThan(0.015);
    const [province] = boundaryFeatures(result.topology, 'province');
    expect(province && polygonsOf(province).map((rings) => rings.length)).toEqual([1]);
  }, 20_000);
});
