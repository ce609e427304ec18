import type { CellKey, Freq, RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { DerivedSource } from '@/metrics/model/derived-source';
import type { Evaluation } from './evaluation';
import type { Batch, Known, Lookup } from './known';
import type { ChildrenOf } from './rollup';

/** The tree of regions as the rules need it; dated, because units are merged and renamed. */
export interface Regions {
  childrenOf: ChildrenOf;
  parentOf(region: RegionCode): RegionCode | null;
  /** Regions that may be rolled up to: the province and its cities. */
  mayRollUp(region: RegionCode): boolean;
}

/** How the cells of one metric follow from others. */
export interface DerivationRule {
  metric: string;
  version: number;
  /** Source that its cells carry. */
  kind: DerivedSource;
  /** Dataset before whose cells it stands, and before the other rules of its metric; a publisher stands before it. */
  standsBefore?: string;
  definition: MetricDefinition;
  /** Metrics whose cells it reads, its own among them for rollups and deductions. */
  operands: readonly string[];
  /** Cells that may change when this one does. */
  targetsOf(cell: CellKey): CellKey[];
  /** Whether it looks at what was known when an operand was published, however old that is. */
  readsBatches: boolean;
  /** Whether it may speak of a cell of its metric at all. */
  mayMake(cell: CellKey): boolean;
  /** What must be at hand to evaluate a target: regions, frequencies, and the earliest period start. */
  regionsOf(target: CellKey): readonly RegionCode[];
  freqsOf(freq: Freq): readonly Freq[];
  earliest(target: CellKey): number;
  /**
   * What the cell is at an instant; null when there is nothing to say of it.
   * @param computed what the dataset that it stands before makes of the cell
   */
  evaluate(target: CellKey, lookup: Lookup, batch: Batch, computed?: Known): Evaluation | null;
}

export interface Catalogued {
  definition: MetricDefinition;
  version: number;
}
