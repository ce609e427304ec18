/**
 * GCJ-02, the offset datum that Chinese map services publish in, to and from WGS84. The formula is not official but
 * is the one in universal use; it reproduces published points to well under a metre.
 */

/** [longitude, latitude] in degrees. */
export type LonLat = readonly [number, number];

/** Krasovsky 1940: semi-major axis in metres and squared eccentricity, as the offset formula uses them. */
const SEMI_MAJOR_M = 6_378_245;
const ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943;

const { PI, sin, cos, sqrt, abs } = Math;

function commonWave(x: number): number {
  return ((20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2) / 3;
}

function latitudeWave(x: number, y: number): number {
  const base = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x));
  const medium = ((20 * sin(y * PI) + 40 * sin((y / 3) * PI)) * 2) / 3;
  const long = ((160 * sin((y / 12) * PI) + 320 * sin((y * PI) / 30)) * 2) / 3;
  return base + commonWave(x) + medium + long;
}

function longitudeWave(x: number, y: number): number {
  const base = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x));
  const medium = ((20 * sin(x * PI) + 40 * sin((x / 3) * PI)) * 2) / 3;
  const long = ((150 * sin((x / 12) * PI) + 300 * sin((x / 30) * PI)) * 2) / 3;
  return base + commonWave(x) + medium + long;
}

/** Valid inside mainland China only; elsewhere GCJ-02 is WGS84 and this must not be called. */
export function gcj02FromWgs84([lon, lat]: LonLat): LonLat {
  const x = lon - 105;
  const y = lat - 35;
  const latRadians = (lat / 180) * PI;
  const magic = 1 - ECCENTRICITY_SQUARED * sin(latRadians) ** 2;
  const root = sqrt(magic);
  const metresPerLonRadian = (SEMI_MAJOR_M / root) * cos(latRadians);
  const metresPerLatRadian = (SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED)) / (magic * root);
  return [
    lon + (longitudeWave(x, y) * 180) / (metresPerLonRadian * PI),
    lat + (latitudeWave(x, y) * 180) / (metresPerLatRadian * PI),
  ];
}

/** The offset varies slowly, so the fixed point w = p − (gcj(w) − w) converges by about 100× a step. */
const INVERSE_STEPS = 8;

/** Inverse of {@link gcj02FromWgs84}, exact to floating-point noise (far below a millimetre). */
export function wgs84FromGcj02(point: LonLat): LonLat {
  let [lon, lat] = point;
  for (let step = 0; step < INVERSE_STEPS; step++) {
    const [shiftedLon, shiftedLat] = gcj02FromWgs84([lon, lat]);
    lon -= shiftedLon - point[0];
    lat -= shiftedLat - point[1];
  }
  return [lon, lat];
}
