import { AIR_CLASSES, choroplethColours, NO_DATA } from '@/components/ui/palette';
import type { Figure, MapMetric } from '@/server/services/screens/types';

/** Index of the class of a number; null without a value. */
export function classOf(metric: Pick<MapMetric, 'classes'>, value: string | null): number | null {
  if (value === null) return null;
  const number = Number(value);
  const index = metric.classes.findLastIndex(({ from }) => from === null || number >= from);
  return index < 0 ? null : index;
}

/** Colours of the classes of a metric, in their order. */
export function classColours(metric: Pick<MapMetric, 'classes' | 'scale'>): string[] {
  return metric.scale === 'standard' ? [...AIR_CLASSES] : choroplethColours(metric.classes.length);
}

export function fillOf(metric: Pick<MapMetric, 'classes' | 'scale'>, figure: Figure | undefined): string {
  const index = classOf(metric, figure?.value ?? null);
  return index === null ? NO_DATA : (classColours(metric)[index] ?? NO_DATA);
}
