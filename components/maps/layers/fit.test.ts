import { expect, it } from 'vitest';
import { fitCamera, type Projector } from '@/components/maps/layers/fit';

/** A flat projection: one degree is 2^zoom pixels, the camera in the middle of the box. */
const project: Projector =
  (camera, { width, height }) =>
  ([lon = 0, lat = 0]) => [
    width / 2 + (lon - camera.longitude) * 2 ** camera.zoom,
    height / 2 - (lat - camera.latitude) * 2 ** camera.zoom,
  ];

it('fills the free room of the box and centres what is shown in it', () => {
  const padding = { top: 10, right: 0, bottom: 30, left: 0 };
  const box = { width: 400, height: 240, padding };
  const points = [
    [110, 34],
    [114, 44],
  ];
  const camera = fitCamera(points, box, 0, project, (at, size) => ([x, y]) => [
    at.longitude + (x - size.width / 2) / 2 ** at.zoom,
    at.latitude - (y - size.height / 2) / 2 ** at.zoom,
  ]);
  const [[left, bottom], [right, top]] = points.map(project(camera, box)) as [
    [number, number],
    [number, number],
  ];
  // Ten degrees of latitude over the 200 free pixels.
  expect(bottom - top).toBeCloseTo(200);
  expect([top, bottom]).toEqual([expect.closeTo(10), expect.closeTo(210)]);
  expect((left + right) / 2).toBeCloseTo(200);
});
