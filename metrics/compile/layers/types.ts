import type { RegionCode } from '@/metrics/model/cell';
import type { CompileScope, Window } from '../bounds';

/** What every rule needs beyond its layer. */
interface Common {
  source: string;
  nowMs: number;
  scope: CompileScope;
  /** Cities expected under the province, for coverage. */
  cities: readonly RegionCode[];
  /** Periods that begin in it are made. */
  window: Window;
}

export interface WaterRule extends Common {
  kind: 'water';
  /** A row of the layer is a section's mean of a day or of a month. */
  gatherBy: 'D' | 'M';
  /** Also 累计 and years, and quarters of those that are asked for: of means of months (calculus.md §20). */
  long: boolean;
  /** The values of a row in their order: items of the standard. */
  items: readonly string[];
  classes: readonly (WaterMade & { section: string })[];
  /** The n-th list of verdicts (by class 1–6) of a row says which classes count. */
  shares: readonly (WaterMade & {
    factor: number;
    /** Name of a slice, and its place among the slices of a row. */
    slices: readonly { name: string; place: number }[];
  })[];
}

export interface WaterMade {
  code: string;
  version: number;
  /** It has months of its own, so also 本年累计 by month. */
  byMonth: boolean;
  byQuarter: boolean;
}

export interface EarsRule extends Common {
  kind: 'ears';
  code: string;
  version: number;
  mergeDays: number;
  /** Days are kept, not only months. */
  daily: boolean;
  /** Name of the slice by the unit that is judged; absent: none. */
  slice?: string;
}

/** How the cells are made of a small layer of the rows, in code that has each rule once (metrics/functions). */
export type LayerRule = WaterRule | EarsRule;
