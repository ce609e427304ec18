import type { Figure, ScreenPanel } from '@/server/services/screens/types';

/** Every single number of the panels, for what is said about the screen as a whole. */
export function figuresOf(panels: readonly ScreenPanel[]): Figure[] {
  return panels.flatMap((panel): Figure[] => {
    if (!panel.result.ok) return [];
    switch (panel.kind) {
      case 'indicators':
      case 'pulse':
        return panel.result.data.indicators.map(({ figure }) => figure);
      case 'map':
        return panel.result.data.metrics.flatMap(({ figures }) => figures);
      case 'ranking':
        return panel.result.data.rankings.flatMap(({ rows }) => rows.map(({ figure }) => figure));
      case 'matrix':
        return panel.result.data.rows.flatMap(({ figures }) => figures);
      case 'shares':
        return panel.result.data.periods.flatMap(({ parts }) => parts.map(({ figure }) => figure));
      default:
        return [];
    }
  });
}
