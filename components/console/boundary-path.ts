import {
  type BoundaryLevel,
  type BoundaryTopology,
  boundaryFeatures,
  polygonsOf,
} from '@/metrics/geo/boundary-topology';

export interface BoundaryShape {
  code: number;
  name: string;
  d: string;
}

export interface BoundaryDrawing {
  viewBox: string;
  county: BoundaryShape[];
  city: BoundaryShape[];
}

const WIDTH = 420;
const MARGIN = 6;

/** A small picture of a boundary file: equirectangular about its own middle latitude, good enough to see a mistake. */
export function drawBoundaries(topology: BoundaryTopology): BoundaryDrawing {
  const county = boundaryFeatures(topology, 'county');
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const polygon of county.flatMap(polygonsOf))
    for (const [lon = 0, lat = 0] of polygon[0] ?? []) {
      west = Math.min(west, lon);
      east = Math.max(east, lon);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (WIDTH - 2 * MARGIN) / Math.max((east - west) * narrowing, 1e-9);
  const x = (lon: number) => MARGIN + (lon - west) * narrowing * scale;
  const y = (lat: number) => MARGIN + (north - lat) * scale;
  const shapes = (level: BoundaryLevel): BoundaryShape[] =>
    boundaryFeatures(topology, level).map((own) => ({
      code: own.properties.code,
      name: own.properties.name,
      d: polygonsOf(own)
        .flat()
        .map(
          (ring) =>
            `M${ring.map(([lon = 0, lat = 0]) => `${x(lon).toFixed(1)} ${y(lat).toFixed(1)}`).join('L')}Z`,
        )
        .join(''),
    }));
  const height = (north - south) * scale + 2 * MARGIN;
  return { viewBox: `0 0 ${WIDTH} ${Math.ceil(height)}`, county: shapes('county'), city: shapes('city') };
}
