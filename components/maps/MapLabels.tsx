'use client';

import { useMemo } from 'react';
import { placeLabels, type RegionLabel } from '@/components/maps/layers/labels';
import type { Scene } from '@/components/maps/layers/scene';
import styles from '@/components/maps/map.module.css';
import { cx } from '@/components/ui/cx';
import { textSize } from '@/components/ui/text-size';
import type { RegionCode } from '@/metrics/model/cell';

interface Props {
  scene: Scene;
  points: ReadonlyMap<RegionCode, [number, number]>;
  labels: readonly RegionLabel[];
  k: number;
  hovered: RegionCode | null;
  onPick(code: RegionCode): void;
  onHover(code: RegionCode | null): void;
}

/** Sizes of name and number, as map.module.css has them. */
const NAME = 15;
const NUMBER = 17;

/**
 * Names and numbers as HTML over the canvas: crisp at any scale, selectable, and each a button, so that the map works
 * by keyboard. What has no room shrinks to a dot that keeps its name for the keyboard and the pointer.
 */
export function MapLabels({ scene, points, labels, k, hovered, onPick, onHover }: Props) {
  const shown = useMemo(() => {
    const weights = new Map(scene.labels.map(({ code, weight }) => [code, weight]));
    const boxes = labels.flatMap((label) => {
      const point = points.get(label.code);
      if (!point) return [];
      const [name, number] = [textSize(NAME, k), textSize(NUMBER, k)];
      const width = Math.max((label.name.length + 0.25) * name, label.text.length * number * 0.53);
      return [
        {
          key: label.code,
          x: point[0],
          y: point[1],
          width,
          height: (name + number) * 1.25,
          weight: weights.get(label.code) ?? 0,
        },
      ];
    });
    return placeLabels(boxes, 2 * k);
  }, [scene, points, labels, k]);
  return (
    <ul className={styles.labels} aria-label="地图上的地区">
      {labels.map((label) => {
        const point = points.get(label.code);
        if (!point) return null;
        const small = !shown.has(label.code) && hovered !== label.code;
        return (
          <li key={label.code} style={{ left: point[0], top: point[1] }}>
            <button
              type="button"
              className={cx(styles.label, small && styles.dot, hovered === label.code && styles.hovered)}
              aria-label={label.sentence}
              onClick={() => onPick(label.code)}
              onFocus={() => onHover(label.code)}
              onBlur={() => onHover(null)}
              onPointerEnter={() => onHover(label.code)}
            >
              {small ? null : (
                <>
                  <span className={styles.place}>{label.name}</span>
                  <span className={styles.figure}>{label.text}</span>
                </>
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
