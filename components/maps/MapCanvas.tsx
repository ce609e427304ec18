'use client';

import { WebMercatorViewport } from '@deck.gl/core';
import DeckGL from '@deck.gl/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { canDrawMaps } from '@/components/maps/can-draw';
import { deckLayers, pickedRegion } from '@/components/maps/deck-layers';
import { type Camera, fitCamera, type Projector } from '@/components/maps/layers/fit';
import type { RegionLabel } from '@/components/maps/layers/labels';
import { hatchOf, type Scene } from '@/components/maps/layers/scene';
import { MapLabels } from '@/components/maps/MapLabels';
import styles from '@/components/maps/map.module.css';
import { useRootScale } from '@/components/ui/use-root-scale';
import type { RegionCode } from '@/metrics/model/cell';

const PITCH = 40;

interface Props {
  scene: Scene;
  labels: readonly RegionLabel[];
  fill(code: RegionCode): string;
  without: ReadonlySet<RegionCode>;
  onPick(code: RegionCode): void;
  onHover(code: RegionCode | null): void;
  hovered: RegionCode | null;
  /** Outlined: where the screen stands. */
  selected: RegionCode | null;
}

const viewport = (camera: Camera, { width, height }: { width: number; height: number }) =>
  new WebMercatorViewport({ ...camera, width, height });
const projector: Projector = (camera, size) => {
  const view = viewport(camera, size);
  return (point) => {
    const [x = 0, y = 0] = view.project(point as [number, number, number]);
    return [x, y];
  };
};

/** The only place, with deck-layers, that knows the map library. Client only. */
export default function MapCanvas({
  scene,
  labels,
  fill,
  without,
  onPick,
  onHover,
  hovered,
  selected,
}: Props) {
  const host = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [drawable, setDrawable] = useState(canDrawMaps);
  const k = useRootScale();
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const camera = useMemo(() => {
    if (size.width === 0 || size.height === 0) return null;
    const padding = { top: 12 * k, right: 16 * k, bottom: 10 * k, left: 16 * k };
    return fitCamera(scene.extent, { ...size, padding }, PITCH, projector, (at, box) => {
      const view = viewport(at, box);
      return (pixel) => {
        const [lon = 0, lat = 0] = view.unproject(pixel);
        return [lon, lat];
      };
    });
  }, [scene, size, k]);

  // By content: a new picture with the same gaps need not be hatched again.
  const gaps = [...without].join();
  const hatch = useMemo(
    () => hatchOf(scene, new Set(gaps === '' ? [] : gaps.split(',').map(Number))),
    [scene, gaps],
  );
  const layers = useMemo(
    () => deckLayers({ scene, fill, hatch, k, hovered, selected }),
    [scene, fill, hatch, k, hovered, selected],
  );
  const points = useMemo(() => {
    if (!camera) return new Map<RegionCode, [number, number]>();
    const project = projector(camera, size);
    return new Map(scene.labels.map(({ code, point }) => [code, project(point)]));
  }, [scene, camera, size]);

  return (
    <div ref={host} style={{ position: 'absolute', inset: 0 }}>
      {camera && (
        <>
          {drawable ? (
            <DeckGL
              viewState={{ ...camera }}
              controller={false}
              layers={layers}
              pickingRadius={2}
              getCursor={({ isHovering }) => (isHovering ? 'pointer' : 'default')}
              onHover={(info) => onHover(pickedRegion(info))}
              onClick={(info) => {
                const code = pickedRegion(info);
                if (code !== null) onPick(code);
              }}
              onError={(error, layer) => {
                console.error(error);
                // A layer's failure leaves the others; without the device nothing is drawn.
                if (!layer) setDrawable(false);
              }}
            />
          ) : (
            <p className={styles.undrawable} role="status">
              此浏览器不能绘制地图(没有 WebGL 2),各地的数在原位和表格中
            </p>
          )}
          <MapLabels
            scene={scene}
            points={points}
            labels={labels}
            k={k}
            hovered={hovered}
            onPick={onPick}
            onHover={onHover}
          />
        </>
      )}
    </div>
  );
}
