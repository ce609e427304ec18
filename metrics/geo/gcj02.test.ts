import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gcj02FromWgs84, wgs84FromGcj02 } from './gcj02';

describe('GCJ-02', () => {
  it('reproduces the reference point published with the common implementation (coordtransform)', () => {
    const [lon, lat] = gcj02FromWgs84([116.404, 39.915]);
    expect(lon).toBeCloseTo(116.41024449916938, 9);
    expect(lat).toBeCloseTo(39.91640428150164, 9);
  });

  it('comes back to the same point within 1e-9° (0.1 mm) anywhere in Shanxi', () => {
    const lon = fc.double({ min: 110.2, max: 114.6, noNaN: true });
    const lat = fc.double({ min: 34.5, max: 40.8, noNaN: true });
    fc.assert(
      fc.property(lon, lat, (x, y) => {
        const [backLon, backLat] = wgs84FromGcj02(gcj02FromWgs84([x, y]));
        expect(Math.abs(backLon - x)).toBeLessThan(1e-9);
        expect(Math.abs(backLat - y)).toBeLessThan(1e-9);
      }),
    );
  });

  it('shifts by hundreds of metres east in Shanxi, never by nothing', () => {
    const [lon, lat] = gcj02FromWgs84([112.55, 37.87]);
    const eastM = (lon - 112.55) * 111_320 * Math.cos((37.87 * Math.PI) / 180);
    const northM = (lat - 37.87) * 111_320;
    expect(Math.hypot(eastM, northM)).toBeGreaterThan(300);
    expect(Math.hypot(eastM, northM)).toBeLessThan(900);
  });
});
