import type { EditionedStandard } from '@/metrics/calculus/environment/edition';
import { asOf, sameBatch } from '@/metrics/calculus/vintage';
import type { CellKey, Observation, RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { isComputedSource } from '@/metrics/model/derived-source';
import { samePeriodLastYear } from '@/metrics/time/period';
import { isWholeAt } from '@/metrics/time/period-of-rule';

/** The regions beside, above and below the cell's, as far as the reader may see them. */
export interface Surroundings {
  /** null at the top of the tree. */
  parent: RegionCode | null;
  parentVisible: boolean;
  /** All regions of the same parent, the cell's own among them. */
  siblings: readonly RegionCode[];
  /** How many of them the reader may not see. */
  hiddenSiblings: number;
  children: readonly RegionCode[];
}

export interface FactsInput {
  definition: MetricDefinition;
  /** Whose edition decides the metric's values; null when none does. */
  standard: EditionedStandard | null;
  /** The level cell that is worked on. */
  cell: CellKey;
  asOfMs: number;
  /** Every vintage known at the instant, of whatever series the plan asked for. */
  observations: readonly Observation[];
  surroundings: Surroundings;
  /** Definitions of the other metrics read. */
  definitions: ReadonlyMap<string, MetricDefinition>;
}

/** What is known around one cell at one instant: the only thing that the builders of workings see. */
export class CellFacts {
  readonly definition: MetricDefinition;
  readonly standard: EditionedStandard | null;
  readonly cell: CellKey;
  readonly surroundings: Surroundings;
  readonly asOfMs: number;
  /** A period that had not ended at the instant is compared with no whole one. */
  readonly unfinished: boolean;
  private readonly definitions: ReadonlyMap<string, MetricDefinition>;
  private readonly known = new Map<string, Observation[]>();

  constructor(input: FactsInput) {
    this.definition = input.definition;
    this.standard = input.standard;
    this.cell = input.cell;
    this.surroundings = input.surroundings;
    this.asOfMs = input.asOfMs;
    this.definitions = new Map([...input.definitions, [input.definition.code, input.definition]]);
    this.unfinished = !isWholeAt(input.definition, input.cell, input.asOfMs);
    for (const o of input.observations) {
      // Reads overlap: the same vintage may come more than once.
      const list = this.known.get(keyOf(o)) ?? [];
      if (list.every(({ vintageMs }) => vintageMs !== o.vintageMs)) list.push(o);
      this.known.set(keyOf(o), list);
    }
  }

  /** The newest vintage of a cell near this one: what is not said is as in the cell. */
  at(where: Partial<CellKey> = {}): Observation | undefined {
    return asOf(this.vintages(where), this.asOfMs) ?? undefined;
  }

  /** All vintages known of a cell near this one, oldest first. */
  vintages(where: Partial<CellKey> = {}): Observation[] {
    const found = this.known.get(keyOf({ ...this.cell, ...where })) ?? [];
    return [...found].sort((a, b) => a.vintageMs - b.vintageMs);
  }

  /** Another cell as it was known when `of` was published, or, if it came later, as it is known now. */
  batchOf(of: Observation, where: Partial<CellKey>): Observation | undefined {
    return sameBatch(this.vintages(where), of) ?? this.at(where);
  }

  get current(): Observation | undefined {
    return this.at();
  }

  /** Whether the figure is its publisher's own; otherwise it was computed here from detail rows or from other cells. */
  isPublished({ metric, source, flags }: Observation): boolean {
    // Even of a metric that is reported, some stretches of time are worked out from those that were (calculus.md §2).
    const definition = this.definitionOf(metric);
    if (flags.includes('deduced') || isComputedSource(definition, source)) return false;
    return definition.kind === 'reported' || definition.kind === 'aggregated';
  }

  yearsBefore(years: number): number {
    return samePeriodLastYear(this.cell.freq, this.cell.periodMs, years);
  }

  definitionOf(metric: string): MetricDefinition {
    return this.definitions.get(metric) ?? this.definition;
  }
}

function keyOf({ metric, freq, region, slice, basis, measure, periodMs }: CellKey): string {
  return `${metric}|${freq}|${region}|${basis}|${measure}|${periodMs}|${slice}`;
}
