import type { CellKey } from '@/metrics/model/cell';
import type { DerivedSource } from '@/metrics/model/derived-source';
import { isCumulative } from './bases';
import type { DerivationRule } from './rule';

/**
 * Who speaks of a cell when its publisher does not, best first: what follows from the region's own publication stands
 * before the sum of its parts, in whatever order they became known. Formulas and composites are alone with their metric,
 * but for the province of published cities, which stands before all of them.
 */
const BEST_FIRST: readonly DerivedSource[] = ['derived', 'composite', 'deduced', 'rollup'];

/** All rules that may speak of the cells of one metric, best first. */
export interface Speakers {
  metric: string;
  version: number;
  rules: readonly DerivationRule[];
  /** Metrics that they read; its own among them where cells of it follow from each other. */
  operands: readonly string[];
}

/** Rules gathered by metric, in the order in which the metrics come: operands before what is made of them. */
export function speakersOf(rules: readonly DerivationRule[]): Speakers[] {
  const byMetric = new Map<string, DerivationRule[]>();
  for (const rule of rules) byMetric.set(rule.metric, [...(byMetric.get(rule.metric) ?? []), rule]);
  return [...byMetric].map(([metric, own]) => ({
    metric,
    version: own[0]?.version ?? 0,
    rules: own.sort((a, b) => place(a) - place(b)),
    operands: [...new Set(own.flatMap(({ operands }) => operands))],
  }));
}

function place({ kind, standsBefore }: DerivationRule): number {
  return standsBefore === undefined ? BEST_FIRST.indexOf(kind) : -1;
}

/** Cells of the metric that may change when one does. */
export function targetsOf({ rules }: Speakers, cell: CellKey): CellKey[] {
  return rules.flatMap((rule) => rule.targetsOf(cell));
}

/**
 * Cells of one metric follow from each other upwards: counties make cities and cities the province, and within a region
 * what is published first makes the other stretches of time, the year last. A cell depends only on lower stages.
 */
export function stageOf({ rules }: Speakers, { region, freq, basis }: CellKey): number {
  const height = region % 10_000 === 0 ? 2 : region % 100 === 0 ? 1 : 0;
  const [first] = rules;
  if (!first || freq === first.definition.freq) {
    const made = first && isCumulative(first.definition) ? 'period' : 'ytd';
    return 3 * height + (basis === made ? 1 : 0);
  }
  return 3 * height + 2;
}
