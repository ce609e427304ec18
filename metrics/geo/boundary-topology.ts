import type { Feature, GeoJsonProperties, MultiPolygon, Polygon, Position } from 'geojson';
import { feature, mergeArcs } from 'topojson-client';
import type {
  GeometryCollection,
  Topology,
  MultiPolygon as TopoMultiPolygon,
  Polygon as TopoPolygon,
} from 'topojson-specification';
import type { RegionCode } from '@/metrics/model/cell';
import type { Region, RegionLevel } from '@/metrics/model/region';
import { NATION_CODE, regionByCode } from '@/metrics/regions/tree';
import { labelPoint } from './label-point';
import { signedRingAreaKm2 } from './measure';

/** What a map needs to know of a region; `code` is the key, names repeat. */
export type BoundaryProperties = {
  code: RegionCode;
  name: string;
  shortName: string;
  level: RegionLevel;
  parent: RegionCode;
  /** [longitude, latitude] of the roomiest place inside, for the name. */
  labelPoint: [number, number];
};

export type BoundaryLevel = 'county' | 'city' | 'province';
type Outline<P extends GeoJsonProperties = GeoJsonProperties> = TopoPolygon<P> | TopoMultiPolygon<P>;
type OutlineCollection<P extends GeoJsonProperties> = {
  type: 'GeometryCollection';
  geometries: Outline<P>[];
};

/** WGS84 outlines of one province; neighbours share arcs, so there are no gaps between them. */
export type BoundaryTopology = Topology<Record<BoundaryLevel, GeometryCollection<BoundaryProperties>>>;

/** Counties before names and outlines are added: only the code is known. */
export type CountyTopology = Topology<{ county: OutlineCollection<{ code: RegionCode }> }>;

/** Polygons of one feature, whatever its geometry type. */
export function polygonsOf({ geometry }: Feature<Polygon | MultiPolygon>): Position[][][] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

/** Coordinates of one outline of the topology. */
function coordinatesOf(topology: Topology, outline: Outline): Position[][][] {
  return outline.type === 'Polygon'
    ? [feature(topology, outline).geometry.coordinates]
    : feature(topology, outline).geometry.coordinates;
}

/** Name, level and label of one outline; the code must be current. */
function complete(topology: Topology, code: RegionCode, outline: Outline): Outline<BoundaryProperties> {
  const region = regionByCode(code);
  if (!region) throw new Error(`boundaries: ${code} is not a current region`);
  return { ...outline, id: code, properties: propertiesOf(region, coordinatesOf(topology, outline)) };
}

function propertiesOf(region: Region, polygons: Position[][][]): BoundaryProperties {
  const { code, name, shortName, level, parent } = region;
  return { code, name, shortName, level, parent: parent ?? NATION_CODE, labelPoint: labelPoint(polygons) };
}

/** Gaps between outlines that should touch: drawing noise, not land of somebody else. */
export interface Gaps {
  count: number;
  areaKm2: number;
}

/** No enclave of another province in Shanxi is this small; holes below it come from borders drawn twice. */
const MAX_GAP_KM2 = 0.5;

/** One outline a parent region: the arcs that two of its parts share disappear, nothing is drawn anew. */
function dissolve(
  topology: CountyTopology,
  codeOf: (county: RegionCode) => RegionCode,
): { outlines: OutlineCollection<BoundaryProperties>; gaps: Gaps } {
  const parts = new Map<RegionCode, Outline<{ code: RegionCode }>[]>();
  for (const county of topology.objects.county.geometries) {
    const code = codeOf(county.properties?.code ?? 0);
    parts.set(code, [...(parts.get(code) ?? []), county]);
  }
  const gaps: Gaps = { count: 0, areaKm2: 0 };
  const geometries = [...parts]
    .sort(([a], [b]) => a - b)
    .map(([code, counties]) =>
      complete(topology, code, closeGaps(topology, mergeArcs(topology, counties), gaps)),
    );
  return { outlines: { type: 'GeometryCollection', geometries }, gaps };
}

/** Drops tiny holes of an outline and counts them. */
function closeGaps(topology: CountyTopology, outline: TopoMultiPolygon, gaps: Gaps): TopoMultiPolygon {
  const coordinates = coordinatesOf(topology, outline);
  const arcs = outline.arcs.map((rings, polygon) =>
    rings.filter((_, ring) => {
      const own = Math.abs(signedRingAreaKm2(coordinates[polygon]?.[ring] ?? []));
      if (ring === 0 || own >= MAX_GAP_KM2) return true;
      gaps.count += 1;
      gaps.areaKm2 += own;
      return false;
    }),
  );
  return { ...outline, arcs };
}

/** Adds names, label points, and the city and province outlines dissolved from the counties. */
export function withOutlines(counties: CountyTopology): { topology: BoundaryTopology; gaps: Gaps } {
  const named = counties.objects.county.geometries
    .map((county) => complete(counties, county.properties?.code ?? 0, county))
    .sort((a, b) => Number(a.id) - Number(b.id));
  const city = dissolve(counties, (code) => Math.floor(code / 100) * 100);
  const province = dissolve(counties, (code) => Math.floor(code / 10_000) * 10_000);
  const objects = {
    county: { type: 'GeometryCollection' as const, geometries: named },
    city: city.outlines,
    province: province.outlines,
  };
  return { topology: { ...counties, objects }, gaps: province.gaps };
}

/** GeoJSON features of one level, WGS84, for drawing and measuring. */
export function boundaryFeatures(
  topology: BoundaryTopology,
  level: BoundaryLevel,
): Feature<Polygon | MultiPolygon, BoundaryProperties>[] {
  return feature(topology, topology.objects[level]).features as Feature<
    Polygon | MultiPolygon,
    BoundaryProperties
  >[];
}
