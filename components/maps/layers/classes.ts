import { AIR_CLASSES, choroplethColours, NO_DATA } from '@/components/ui/palette';
import type { RegionCode } from '@/metrics/model/cell';
import type { MapMetric } from '@/server/services/screens/types';

/** Colours of the classes of a metric, in their order. */
export function classColours(metric: Pick<MapMetric, 'classes' | 'scale'>): string[] {
  return metric.scale === 'standard' ? [...AIR_CLASSES] : choroplethColours(metric.classes.length);
}

/** Colour of a region by its class; the ground of no data without one. */
export function fillOf(metric: Pick<MapMetric, 'classes' | 'scale' | 'levels'>, region: RegionCode): string {
  const level = metric.levels[region];
  return level == null ? NO_DATA : (classColours(metric)[level] ?? NO_DATA);
}
