import type { Freq, ObsStatus } from '@/metrics/model/cell';
import type { DataState } from '@/metrics/model/data-state';
import type { CellCalculus } from '@/server/services/calculus/types';
import type { LackingPart } from '@/server/services/screens/passport-types';
import type { ChangeFigure, Figure, Freshness, MapClass, RegionRef } from '@/server/services/screens/types';

/** What the desk's pages know of the server: one metric at one instant, and the list of all. Serialisable. */

export interface MetricState {
  state: DataState;
  /** Why no value is shown, in Chinese, or where there are some; null when one is. */
  reason: string | null;
}

export interface MetricListEntry extends MetricState {
  code: string;
  name: string;
  nameEn: string;
  domain: string;
  domainTitle: string;
  kind: string;
  unit: string;
  owner: string;
  /** Newest value in the reader's widest region; null without one. */
  figure: Figure | null;
}

export interface MetricList {
  asOfMs: number;
  region: RegionRef;
  /** Domains in the catalogue's order; in each the metrics that have values first, by code. */
  domains: { code: string; title: string; present: number; metrics: MetricListEntry[] }[];
  total: number;
  present: number;
}

/** The series that the page shows; what the URL leaves out was chosen by rule. */
export interface Selection {
  region: RegionRef;
  freq: Freq | null;
  basis: string | null;
  slice: string;
  /** SDMX text of the chosen period; null: the newest finished one. */
  period: string | null;
}

export interface Choices {
  freqs: { freq: Freq; title: string; bases: { basis: string; title: string; periods: number }[] }[];
  /** Regions in scope that have any value of the metric, and the one shown. */
  regions: RegionRef[];
  /** Canonical slices of the shown frequency and basis; '' is the whole. */
  slices: { slice: string; title: string }[];
}

export interface TrendChange {
  value: string | null;
  text: string;
  /** 发布 or 计算 …; null without a value. */
  basis: ChangeFigure['basis'];
  /** The rule, or why there is no value: 上年同期为0. */
  rule: string;
  /** Why the change is 待核, which the level beside it need not be; null for every other one. */
  unverified: string | null;
}

export interface TrendPoint {
  periodMs: number;
  period: string;
  label: string;
  /** The figure is the year's, of which the period is the last cumulative one. */
  wholeYear: boolean;
  /** null is a gap. */
  value: string | null;
  text: string;
  status: ObsStatus | null;
  demo: boolean;
  /** Why the value is 待核; null for every other one. */
  unverified: string | null;
  /** Not ended at the instant. */
  running: boolean;
  /** Lacks regions, days or months that it should have. */
  partial: boolean;
  /** A rate of nearly all counties. */
  nearlyWhole: boolean;
  /** By a method that leaves a residual. */
  approximate: boolean;
  /** The publisher says that it does not follow on from the points before it. */
  broken: boolean;
  yoy: TrendChange;
}

export interface MetricTrend {
  unit: string;
  yoyUnit: string;
  /** Which growth is shown where both exist, in words. */
  yoyRule: string;
  points: TrendPoint[];
  /** Bars from zero suit amounts of a period; everything else is a line. */
  mark: 'bar' | 'line';
  demo: boolean;
}

export interface RegionRow {
  region: RegionRef;
  rank: number | null;
  figure: Figure;
  change: ChangeFigure;
  /** Percent of the container's own value; null where it does not add up or is not known. */
  share: { value: string; text: string } | null;
  selected: boolean;
}

export interface RegionTable {
  container: RegionRef;
  periodLabel: string;
  period: string | null;
  rows: RegionRow[];
  covered: number;
  /** Why there are no ranks or no rows. */
  notes: string[];
  classes: MapClass[];
  scale: 'quantile' | 'standard';
  /** Index of each region's class; null without a value. */
  levels: Record<number, number | null>;
  demo: boolean;
}

export interface SliceRow {
  slice: string;
  title: string;
  figure: Figure;
  change: ChangeFigure;
  share: { value: string; text: string } | null;
}

export interface SliceGroup {
  dims: string[];
  title: string;
  periodLabel: string;
  rows: SliceRow[];
  /** The parts are more than the whole: one is contained in another. */
  overlap: boolean;
  /** What a publisher says of the whole is not what the parts were counted out of: they have no shares. */
  otherWhole: boolean;
  demo: boolean;
}

export interface VintageEntry {
  seq: number;
  vintageMs: number;
  value: string | null;
  text: string;
  status: ObsStatus;
  /** The publication date was assumed by custom, not found. */
  assumed: boolean;
  demo: boolean;
  /** By a method that leaves a residual. */
  approximate: boolean;
  /** Why what was said is 待核; null for every other one. */
  unverified: string | null;
  source: string;
  runId: string;
  definitionVersion: number;
  /** Against the vintage before, in the metric's unit; null for the first. */
  changeText: string | null;
  /** Whether the number shown became another one; a change below the display precision is none. */
  revises: boolean;
  sinceFirstText: string | null;
  /** Why the change is 待核: any of the vintages that it was made of is. */
  changeUnverified: string | null;
}

export interface VintageRow {
  periodMs: number;
  period: string;
  label: string;
  chosen: boolean;
  vintages: VintageEntry[];
}

export interface MetricRef {
  code: string;
  name: string;
  kind: string;
}

export interface ThresholdView {
  measure: string;
  source: string;
  by: string | null;
  rules: { level: string; colour: 'blue' | 'yellow' | 'orange' | 'red' | null; words: string }[];
}

export interface DefinitionView {
  code: string;
  domain: string;
  name: string;
  nameEn: string;
  domainTitle: string;
  kind: string;
  unit: string;
  precision: number;
  rounding: string;
  direction: string;
  accumulation: string;
  rollup: string;
  yoyRule: string;
  momRule: string;
  text: string;
  formula: string | null;
  /** The whole definition as YAML, as it is hashed. */
  yaml: string;
  version: number;
  hash: string;
  owner: string;
  sourceSystem: string;
  releaseLag: string;
  story: string;
  note: string | null;
  /** Title of the dataset whose rows it is computed from. */
  dataset: string | null;
  operands: MetricRef[];
  usedBy: MetricRef[];
  thresholds: ThresholdView[];
  thresholdText: string | null;
}

export interface RestPaths {
  /** The series as JSON, and as a CSV that spreadsheets open. */
  path: string;
  csvPath: string;
  /** The calculus of the chosen cell. */
  calculusPath: string | null;
}

export interface MetricPage extends MetricState {
  asOfMs: number;
  /** True when an instant was asked for. */
  pinned: boolean;
  dataVersion: number;
  /** The reader's widest region. */
  root: RegionRef;
  selection: Selection;
  choices: Choices;
  /** The chosen cell. */
  figure: Figure;
  /** The same cell as known now, when the page is pinned and it differs. */
  figureNow: { text: string; status: ObsStatus; unverified: string | null } | null;
  /** Parts of an index that did not count for the chosen cell. */
  lacking: LackingPart[];
  /** The changes that belong beside the number; all of them are in `calculus`. */
  changes: ChangeFigure[];
  /** Every result of the calculus on the chosen cell; null where nothing is known of it. */
  calculus: CellCalculus | null;
  /** Of the newest period of the series, whatever was chosen. */
  freshness: Freshness | null;
  /** The newest period of the series that has a value, in words. */
  newestLabel: string | null;
  /** The period of the course that the page shows; null without any. */
  chosenMs: number | null;
  trend: MetricTrend | null;
  regions: RegionTable | null;
  slices: SliceGroup[];
  vintages: VintageRow[];
  definition: DefinitionView;
  rest: RestPaths | null;
  /** Whether the reader may take the series away as a file. */
  mayExport: boolean;
  /** Judged by county and kind: 预警信号 are listed. */
  judgesUnits: boolean;
}
