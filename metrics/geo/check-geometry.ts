import type { Position } from 'geojson';
import { wgs84FromGcj02 } from './gcj02';
import { type ImportFinding, isRecord } from './import-finding';
import { areaKm2 } from './measure';

export const COORDINATE_SYSTEMS = ['wgs84', 'gcj02'] as const;
export type CoordinateSystem = (typeof COORDINATE_SYSTEMS)[number];

/** Shanxi with a margin of about 10 km, in WGS84 degrees. */
export const SHANXI_BOX = { west: 110.1, east: 114.7, south: 34.45, north: 40.85 } as const;
/** The smallest county has over 10 km²; anything far below is a drawing error. */
const MIN_COUNTY_KM2 = 0.1;
/** 0.1 m: the same input gives the same output, so shared vertices stay shared. */
const DECIMALS = 6;

function inBox(lon: number, lat: number): boolean {
  return (
    lon >= SHANXI_BOX.west && lon <= SHANXI_BOX.east && lat >= SHANXI_BOX.south && lat <= SHANXI_BOX.north
  );
}

function toWgs84(lon: number, lat: number, crs: CoordinateSystem): Position {
  const [x, y] = crs === 'gcj02' ? wgs84FromGcj02([lon, lat]) : [lon, lat];
  return [Number(x.toFixed(DECIMALS)), Number(y.toFixed(DECIMALS))];
}

/** Checks one ring; the first fault of a kind is enough, a shifted ring would else report thousands. */
function readRing(
  ring: unknown,
  place: string,
  crs: CoordinateSystem,
): Position[] | { property: string; reason: string } {
  if (!Array.isArray(ring) || ring.length < 4) {
    return { property: place, reason: '环少于 4 个点,围不成面' };
  }
  const points: Position[] = [];
  for (const [i, position] of ring.entries()) {
    const property = `${place}[${i}]`;
    const [lon, lat] = Array.isArray(position) ? position : [];
    if (
      typeof lon !== 'number' ||
      typeof lat !== 'number' ||
      !Number.isFinite(lon) ||
      !Number.isFinite(lat)
    ) {
      return { property, reason: `坐标不是 [经度, 纬度] 数值:${JSON.stringify(position)}` };
    }
    if (!inBox(lon, lat)) {
      const hint = inBox(lat, lon) ? ',经纬度顺序颠倒' : ',应为经纬度(度),不是投影坐标或其他地区';
      return { property, reason: `坐标 [${lon}, ${lat}] 不在山西范围内${hint}` };
    }
    points.push(toWgs84(lon, lat, crs));
  }
  const [first, last] = [points[0], points.at(-1)];
  if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) {
    return { property: place, reason: '环不闭合:首尾两点不同' };
  }
  return points;
}

/** Polygons in WGS84, or every reason why the geometry cannot be used. */
export function readGeometry(
  index: number,
  geometry: unknown,
  crs: CoordinateSystem,
): { ok: true; polygons: Position[][][] } | { ok: false; findings: ImportFinding[] } {
  const refuse = (property: string, reason: string): ImportFinding => ({
    severity: 'error',
    feature: index,
    property,
    reason,
  });
  const type = isRecord(geometry) ? geometry.type : undefined;
  const coordinates = isRecord(geometry) ? geometry.coordinates : undefined;
  if ((type !== 'Polygon' && type !== 'MultiPolygon') || !Array.isArray(coordinates)) {
    const found = typeof type === 'string' ? type : '空';
    return { ok: false, findings: [refuse('geometry', `几何类型为${found},须为 Polygon 或 MultiPolygon`)] };
  }
  const findings: ImportFinding[] = [];
  const polygons: Position[][][] = [];
  const parts: unknown[] = type === 'Polygon' ? [coordinates] : coordinates;
  for (const [p, rings] of parts.entries()) {
    const at = type === 'Polygon' ? 'geometry.coordinates' : `geometry.coordinates[${p}]`;
    const own: Position[][] = [];
    for (const [r, ring] of (Array.isArray(rings) ? rings : [undefined]).entries()) {
      const read = readRing(ring, `${at}[${r}]`, crs);
      if (Array.isArray(read)) own.push(read);
      else findings.push(refuse(read.property, read.reason));
    }
    polygons.push(own);
  }
  if (findings.length > 0) return { ok: false, findings };
  const area = areaKm2(polygons);
  if (area < MIN_COUNTY_KM2) {
    return { ok: false, findings: [refuse('geometry', `面积只有 ${area.toFixed(3)} 平方千米,不是县级区域`)] };
  }
  return { ok: true, polygons };
}
