import type { Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { sceneOf } from '@/components/maps/layers/scene';
import { withOutlines } from '@/metrics/geo/boundary-topology';
import { buildCountyTopology } from '@/metrics/geo/build-topology';

const square = (lon: number, lat: number): Position[][] => [
  [
    [lon, lat],
    [lon, lat + 0.5],
    [lon + 0.5, lat + 0.5],
    [lon + 0.5, lat],
    [lon, lat],
  ],
];

/** A file that has two of 太原's ten counties and one of 大同's. */
const { topology } = withOutlines(
  buildCountyTopology([
    { code: 140105, polygons: [square(112, 37)] },
    { code: 140106, polygons: [square(112.5, 37)] },
    { code: 140213, polygons: [square(113, 40)] },
  ]),
);

describe('a scene of a boundary file that leaves regions out', () => {
  it('draws what there is and names the rest', () => {
    const city = sceneOf(topology, 140100);
    expect(city?.labels.map(({ code }) => code)).toEqual([140105, 140106]);
    expect(city?.undrawn).toHaveLength(8);
    expect(city?.undrawn).toContain(140107);
    const province = sceneOf(topology, 140000);
    expect(province?.labels.map(({ code }) => code)).toEqual([140100, 140200]);
    expect(province?.undrawn).toHaveLength(9);
  });

  it('is none where the region itself has no outline, so that no camera is fitted to nothing', () => {
    expect(sceneOf(topology, 140300)).toBeNull();
    expect(sceneOf(topology, 140107)).toBeNull();
  });

  it('of a county is the county alone, with nothing missing', () => {
    expect(sceneOf(topology, 140105)?.undrawn).toEqual([]);
  });
});
