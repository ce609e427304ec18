import type { PanelDefinition, ScreenDefinition } from '@/server/services/screens/definition/model';

/** Members of a panel's choices that name metrics. */
const NAMING = new Set(['metric', 'growthMetric', 'releases']);

/** Metrics that a panel shows. Looks at members, not at kinds: a new kind of panel is covered as it is. */
export function metricsOfPanel(panel: PanelDefinition): Set<string> {
  const found = new Set<string>();
  const visit = (value: unknown, naming: boolean): void => {
    if (typeof value === 'string') {
      if (naming) found.add(value);
    } else if (Array.isArray(value)) {
      for (const item of value) visit(item, naming);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) visit(member, NAMING.has(name));
    }
  };
  visit(panel, false);
  return found;
}

/** Titles of the screen's panels that show the metric, in the screen's order. */
export function panelsShowing(screen: ScreenDefinition, metric: string): string[] {
  return screen.panels.filter((panel) => metricsOfPanel(panel).has(metric)).map(({ title }) => title);
}
