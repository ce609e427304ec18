import type { Position } from 'geojson';

export interface Camera {
  longitude: number;
  latitude: number;
  zoom: number;
  pitch: number;
  bearing: number;
}

export interface Box {
  width: number;
  height: number;
  /** Free room kept at each side, pixels. */
  padding: { top: number; right: number; bottom: number; left: number };
}

/** Screen pixels of points as this camera sees them. */
export type Projector = (
  camera: Camera,
  size: { width: number; height: number },
) => (point: Position) => [number, number];
type Unprojector = (
  camera: Camera,
  size: { width: number; height: number },
) => (pixel: [number, number]) => [number, number];

const ROUNDS = 6;

/**
 * Camera that shows all points as large as the box allows. With a pitch there is no closed form: look, zoom by what is
 * left over, move to the middle, and look again.
 */
export function fitCamera(
  points: readonly Position[],
  box: Box,
  pitch: number,
  project: Projector,
  unproject: Unprojector,
): Camera {
  const lons = points.map(([lon = 0]) => lon);
  const lats = points.map(([, lat = 0]) => lat);
  let camera: Camera = {
    longitude: (Math.min(...lons) + Math.max(...lons)) / 2,
    latitude: (Math.min(...lats) + Math.max(...lats)) / 2,
    zoom: 6,
    pitch,
    bearing: 0,
  };
  const { padding } = box;
  const room = {
    width: Math.max(50, box.width - padding.left - padding.right),
    height: Math.max(50, box.height - padding.top - padding.bottom),
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const pixels = points.map(project(camera, box));
    const xs = pixels.map(([x]) => x);
    const ys = pixels.map(([, y]) => y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const zoomBy = Math.log2(Math.min(room.width / (right - left), room.height / (bottom - top)));
    const middle: [number, number] = [
      (left + right) / 2 - (padding.left - padding.right) / 2,
      (top + bottom) / 2 - (padding.top - padding.bottom) / 2,
    ];
    const [longitude, latitude] = unproject(camera, box)(middle);
    camera = { ...camera, longitude, latitude, zoom: camera.zoom + zoomBy };
  }
  return camera;
}
