import type { RegionCode } from '@/metrics/model/cell';

export interface RegionLabel {
  code: RegionCode;
  name: string;
  text: string;
  /** Whole sentence for a screen reader. */
  sentence: string;
}

export interface LabelBox {
  key: number;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Larger goes first. */
  weight: number;
}

/** Keys of the labels that fit without covering another one, the weightiest first. */
export function placeLabels(boxes: readonly LabelBox[], gap: number): Set<number> {
  const placed: LabelBox[] = [];
  for (const box of [...boxes].sort((a, b) => b.weight - a.weight || a.key - b.key)) {
    const covers = placed.some(
      (other) =>
        Math.abs(other.x - box.x) * 2 < other.width + box.width + gap &&
        Math.abs(other.y - box.y) * 2 < other.height + box.height + gap,
    );
    if (!covers) placed.push(box);
  }
  return new Set(placed.map(({ key }) => key));
}
