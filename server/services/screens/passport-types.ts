import type { IaqiBand } from '@/metrics/calculus/environment/iaqi-band';
import type { CellKey, ObsStatus } from '@/metrics/model/cell';
import type { Working } from '@/metrics/workings/working';
import type { Figure, RegionRef, TargetFigure } from '@/server/services/screens/types';

export interface PassportVintage {
  vintageMs: number;
  value: string | null;
  text: string;
  status: ObsStatus;
  /** Why what was said is 待核; null for every other one. */
  unverified: string | null;
  source: string;
  runId: string;
  definitionVersion: number;
  current: boolean;
}

/** One cell that a derived value was made of. */
export interface PassportOperand {
  /** As the formula or rule names it. */
  label: string;
  cell: CellKey;
  name: string;
  regionName: string;
  periodLabel: string;
  text: string;
  unit: string;
  status: ObsStatus | null;
  vintageMs: number | null;
  demo: boolean;
  /** Why the operand is 待核; null for every other one. */
  unverified: string | null;
}

export interface MadeOf {
  /** In words: by a formula, by weighted scores, from subordinate regions, from other stretches of time. */
  how: string;
  formula: string | null;
  /** Some operands belong to domains that the reader may not see. */
  outsideScope: boolean;
  operands: PassportOperand[];
  /** Parts of an index that did not count: 缺 n 项. */
  lacking: LackingPart[];
}

export interface LackingPart {
  name: string;
  /** Percent of the whole, in words. */
  weight: string;
  reason: string;
}

/** One pollutant of an AQI: its concentration and what the standard makes of it. */
export interface AirItem {
  pollutant: string;
  /** Over what the concentration is averaged. */
  averaging: string;
  text: string;
  unit: string;
  /** Null where the concentration is no cell of its own. */
  cell: CellKey | null;
  note: string | null;
  iaqi: number | null;
  /** Null without a concentration and beyond the last breakpoint. */
  band: IaqiBand | null;
  primary: boolean;
  exceeding: boolean;
}

export interface AirIndex {
  standard: string;
  grade: string | null;
  /** Made again of the items; null (NA) when one is missing and none of the others exceeds 100. */
  aqi: number | null;
  /** Whether that is the figure of the passport. */
  agrees: boolean;
  /** Titles of the pollutants with the largest sub-index, above 50 only. */
  primary: string[];
  items: AirItem[];
}

export interface Passport {
  cell: CellKey;
  figure: Figure;
  /** Null without a target for the year. */
  target: TargetFigure | null;
  region: RegionRef;
  regionFullName: string;
  /** The slice in words; null for the whole. */
  sliceText: string | null;
  basisText: string;
  freqText: string;
  definition: {
    code: string;
    name: string;
    version: number;
    hash: string;
    text: string;
    formula: string | null;
    kind: string;
    unit: string;
    owner: string;
    sourceSystem: string;
    releaseLag: string;
    effectiveFromMs: number;
    /** The version whose number its figures carry: later ones changed words alone. */
    countedBy: number;
  };
  vintages: PassportVintage[];
  /** Title of the dataset whose rows the value was computed from; null for a publisher's and for a derived value. */
  sourceTitle: string | null;
  /** What the publisher, or who loaded the figure, wrote beside it; empty where nothing was. */
  note: string;
  /** Null for a derived value and for a load that the reader may not see. */
  load: {
    id: string;
    /** True: it brought this figure. False: the newest load of the rows that the value was computed from. */
    brought: boolean;
    datasetTitle: string;
    fileName: string;
    origin: string;
    provenance: string;
    actorName: string;
    receivedMs: number;
    acceptedRows: number;
  } | null;
  run: {
    id: string;
    jobTitle: string;
    outcome: string;
    startedMs: number;
    finishedMs: number | null;
    rowsRead: number;
    rowsWritten: number;
  } | null;
  /** What a derived value was made of; null for published figures and for values of detail rows. */
  madeOf: MadeOf | null;
  /** Sub-indices of an AQI; null for every other metric. */
  airIndex: AirIndex | null;
  /** How the value compares with former periods, and what each comparison was made of. */
  comparisons: Working[];
  numerator: string | null;
  denominator: string | null;
  sampleCount: number;
  /** Path and query of the REST call that gives this number again. */
  reproducePath: string;
}
