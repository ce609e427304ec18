import type { Position } from 'geojson';

/** WGS84 ellipsoid. */
const SEMI_MAJOR_KM = 6378.137;
const ECCENTRICITY = 0.081_819_190_842_621_5;

/** Authalic measure of a latitude: strips between two parallels have areas proportional to its difference. */
function authalic(latDegrees: number): number {
  const s = Math.sin((latDegrees * Math.PI) / 180);
  const es = ECCENTRICITY * s;
  return (1 - ECCENTRICITY ** 2) * (s / (1 - es * es) + Math.atanh(es) / ECCENTRICITY);
}

/** Signed area of a closed WGS84 ring in km² on the ellipsoid; positive when clockwise. */
export function signedRingAreaKm2(ring: readonly Position[]): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [lonA = 0, latA = 0] = ring[i - 1] ?? [];
    const [lonB = 0, latB = 0] = ring[i] ?? [];
    sum += (lonB - lonA) * (authalic(latA) + authalic(latB));
  }
  return (sum * (Math.PI / 180) * SEMI_MAJOR_KM ** 2) / 4;
}

/** Area in km² of polygons given as rings, the first of each polygon its outer one. */
export function areaKm2(polygons: readonly (readonly (readonly Position[])[])[]): number {
  let total = 0;
  for (const rings of polygons) {
    rings.forEach((ring, index) => {
      const area = Math.abs(signedRingAreaKm2(ring));
      total += index === 0 ? area : -area;
    });
  }
  return total;
}
