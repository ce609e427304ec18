import type { FeatureCollection, MultiPolygon, Position } from 'geojson';
import { feature, mergeArcs, quantize } from 'topojson-client';
import { topology as topologyOf } from 'topojson-server';
import { presimplify, quantile, simplify } from 'topojson-simplify';
import type { Topology } from 'topojson-specification';
import type { RegionCode } from '@/metrics/model/cell';
import type { CountyTopology } from './boundary-topology';
import { signedRingAreaKm2 } from './measure';
import { snapOutlines } from './snap';

/** Vertices a map carries: twice the shipped file, about 60 KB gzip. */
export const MAX_VERTICES = 12_000;
/** Steps across the province: about half a metre. */
const QUANTIZATION = 1e6;

export interface CountyOutline {
  code: RegionCode;
  /** WGS84, closed rings, the first of each polygon its outer one. */
  polygons: Position[][][];
}

function vertexCount(topology: Topology): number {
  return topology.arcs.reduce((sum, arc) => sum + arc.length, 0);
}

/** A ring needs three corners and its closing point; simplification may take them from a very small county. */
function hasWholeRings(topology: CountyTopology): boolean {
  return feature(topology, topology.objects.county).features.every(({ geometry }) => {
    const polygons =
      geometry.type === 'Polygon' ? [geometry.coordinates] : (geometry as MultiPolygon).coordinates;
    return polygons.every((rings) => rings.every((ring) => ring.length >= 4));
  });
}

/** Visvalingam over shared arcs, so neighbours stay neighbours; keeps more until every ring is whole. */
function simplified(topology: CountyTopology, maxVertices: number): CountyTopology {
  const total = vertexCount(topology);
  if (total <= maxVertices) return topology;
  const weighted = presimplify(topology);
  for (let share = maxVertices / total; share < 1; share *= 1.25) {
    const candidate = simplify(weighted, quantile(weighted, share));
    if (hasWholeRings(candidate)) return candidate;
  }
  return topology;
}

/** Outer rings clockwise, holes the other way: dissolving joins arcs head to tail and files mix both. */
function wound(polygons: Position[][][]): Position[][][] {
  return polygons.map((rings) =>
    rings.map((ring, index) => (signedRingAreaKm2(ring) > 0 === (index === 0) ? ring : ring.toReversed())),
  );
}

/** One geometry a code: former counties that were merged lose the border between them. */
function joined(topology: CountyTopology): CountyTopology {
  const byCode = new Map<RegionCode, CountyTopology['objects']['county']['geometries']>();
  for (const county of topology.objects.county.geometries) {
    const code = county.properties?.code ?? 0;
    byCode.set(code, [...(byCode.get(code) ?? []), county]);
  }
  const geometries = [...byCode].map(([code, [first, ...others]]) =>
    first && others.length === 0
      ? first
      : { ...mergeArcs(topology, byCode.get(code) ?? []), properties: { code } },
  );
  return { ...topology, objects: { county: { type: 'GeometryCollection', geometries } } };
}

/** Counties as one topology with shared arcs. Several outlines of one code become one. */
export function buildCountyTopology(
  outlines: readonly CountyOutline[],
  maxVertices = MAX_VERTICES,
): CountyTopology {
  const snapped = snapOutlines(outlines.map(({ polygons }) => polygons));
  const county: FeatureCollection<MultiPolygon, { code: RegionCode }> = {
    type: 'FeatureCollection',
    features: outlines.map(({ code }, index) => ({
      type: 'Feature',
      properties: { code },
      geometry: { type: 'MultiPolygon', coordinates: wound(snapped[index] ?? []) },
    })),
  };
  const raw = joined(topologyOf({ county }) as CountyTopology);
  return quantize(simplified(raw, maxVertices), QUANTIZATION);
}
