import type { ResultBasis } from '@/metrics/calculus/result';
import type { ChangeUnit } from '@/metrics/format/change';
import type { Tone } from '@/metrics/format/tone';
import type { CellKey, Freq, ObsStatus, RegionCode } from '@/metrics/model/cell';
import type { Colour } from '@/metrics/model/definition-threshold';
import type { RegionLevel } from '@/metrics/model/region';

/** What the components may know of the server: the shape of one screen at one instant. Everything is serialisable. */

export interface RegionRef {
  code: RegionCode;
  name: string;
  shortName: string;
  level: RegionLevel;
}

/** How a figure stands against its promised release. `late`: past the promise, `overdue`: 逾期未报. */
export interface Freshness {
  state: 'current' | 'late' | 'overdue' | 'unknown';
  /** The period expected next, in words, and the instant by which it is promised. */
  nextPeriodLabel: string | null;
  dueMs: number | null;
  /** One sentence for people. */
  text: string;
}

/**
 * grey: 逾期未报, the colour before is in the words. none: judged, and no threshold holds. unjudged: there are
 * thresholds, and what they compare with is not there; the rule says what is lacking.
 */
export type LampColour = Colour | 'none' | 'grey' | 'unjudged';

/** 灯号 of a figure: judged over whole periods by the metric's thresholds, after hysteresis. */
export interface LampFigure {
  colour: LampColour;
  /** 红灯 …, 无灯, 逾期未报. */
  word: string;
  /** Why: the rule that fired with value and limit. */
  rule: string;
  /** First period of this colour; with `sinceFirst` it may be older than what was read. Empty for an unjudged one. */
  since: string;
  sinceFirst: boolean;
  /** The period judged last, which is not the figure's own while that one is running. */
  judged: string;
  /** Everything in one sentence. */
  text: string;
}

/** How a figure stands against its yearly target. */
export interface TargetFigure {
  kind: 'completion' | 'level';
  /** 目标 46.00 万人, and what it is a target of. */
  year: number;
  text: string;
  /** The target's own cell, for its passport. */
  cell: CellKey;
  /** Percent, for the bar; null when missing or for targets that have no completion. */
  completion: { value: string; text: string } | null;
  pace: { value: string; text: string; name: '时序进度' | '历史进度' } | null;
  gap: { value: string; text: string; tone: Tone } | null;
  met: boolean | null;
  /** Everything in one sentence. */
  sentence: string;
  /** Why there is no progress, when there is none. */
  reason: string | null;
}

/** One number as it is seen, with what it takes to trust it. `cell` opens the passport; null when nothing is known. */
export interface Figure {
  cell: CellKey | null;
  metric: string;
  name: string;
  region: RegionCode;
  unit: string;
  /** Unrounded decimal text; null is missing. */
  value: string | null;
  /** Rounded once to the metric's precision; — when missing. */
  text: string;
  periodLabel: string;
  status: ObsStatus | null;
  demo: boolean;
  flags: string[];
  /** Why the figure is 待核: nobody has checked it against its publisher. Null for every other one. */
  unverified: string | null;
  /** Instant at which the value became known. */
  vintageMs: number | null;
  /** Why there is no value. */
  reason: string | null;
  freshness: Freshness;
  /** Null where nothing can be judged: no thresholds, or what they need is missing. */
  lamp: LampFigure | null;
}

/** A change with the rule that made it. */
export interface ChangeFigure {
  label: '同比' | '环比' | '较前一日' | '较上周' | '较上期' | '比全国';
  text: string;
  value: string | null;
  unit: ChangeUnit;
  tone: Tone;
  /** published 发布, computed 计算 …; null when there is no value. */
  basis: ResultBasis | null;
  /** The rule in words, or why there is no value. */
  rule: string;
  /** The two values compared when neither need be the one shown: those under one edition of a standard. */
  restated?: string;
  /** The published growth's own cell. */
  cell: CellKey | null;
  /** Why it is 待核: the growth itself where it was published, else a figure that it was made of; absent where nothing is. */
  unverified?: string;
}

export interface SeriesPoint {
  periodMs: number;
  label: string;
  /** null is a gap. */
  value: string | null;
  text: string;
  status: ObsStatus | null;
  demo: boolean;
  /** Why the value is 待核; null for every other one. */
  unverified: string | null;
  /** Lacks regions or days that it should have. Absent for most. */
  partial?: true;
  /** Why the value does not follow on from the one before: a mark belongs between the two. Absent for most. */
  breakNote?: string;
}

export interface Series {
  key: string;
  name: string;
  unit: string;
  freq: Freq;
  /** published: as released; computed: by us from detail rows or by rule. */
  basis: 'published' | 'computed';
  points: SeriesPoint[];
  /** Key of the series but its period, so that a point opens its passport. */
  cell: Omit<CellKey, 'periodMs'> | null;
}

export interface Indicator {
  figure: Figure;
  changes: ChangeFigure[];
  /** Null without a target for the year. */
  target: TargetFigure | null;
  spark: SeriesPoint[];
  /** Shown on ultra-wide walls only. */
  extra: boolean;
}

export interface IndicatorsData {
  indicators: Indicator[];
}

export interface MapClass {
  /** Lower bound, and upper bound as the standard says it or exclusive; null is open. */
  from: number;
  to: number | null;
  label: string;
}

export interface MapMetric {
  key: string;
  name: string;
  unit: string;
  periodLabel: string;
  /** quantile: 6 classes of equal count; standard: classes of a standard (AQI). */
  scale: 'quantile' | 'standard';
  classes: MapClass[];
  figures: Figure[];
  /** Index of each region's class; null without a value. */
  levels: Record<RegionCode, number | null>;
  changes: Record<RegionCode, ChangeFigure>;
  demo: boolean;
  covered: number;
  /** Why nothing is to be seen, when nothing is. */
  note: string | null;
}

export interface MapData {
  region: RegionRef;
  /** The county that the screen is drilled to, seen among those of its city. */
  selected: RegionCode | null;
  children: RegionRef[];
  metrics: MapMetric[];
}

export interface TrendData {
  /** Levels (bars from zero), then rates (line); both over the same periods. */
  level: Series;
  rate: Series;
  sentence: string;
  demo: boolean;
}

export interface LinesData {
  series: Series[];
  sentence: string;
  demo: boolean;
}

export interface SharesData {
  periods: {
    periodMs: number;
    label: string;
    /** Why this period does not follow on from the one before; null for most. */
    breakNote: string | null;
    /** `unverified`: why the share is 待核, which it is where any part of the whole is. */
    parts: {
      key: string;
      name: string;
      share: string | null;
      text: string;
      unverified: string | null;
      figure: Figure;
    }[];
  }[];
  sentence: string;
  demo: boolean;
}

export interface RankingRow {
  region: RegionRef;
  rank: number | null;
  figure: Figure;
  change: ChangeFigure;
  /** Part of the largest value, 0–1, for the bar; null when missing or negative. */
  bar: number | null;
}

/** A ranking by every metric of the map: choosing one there turns this one too. */
export interface RankingData {
  /** Whose subordinates are ranked, and the county among them that the screen is drilled to. */
  region: RegionRef;
  selected: RegionCode | null;
  rankings: Ranking[];
}

export interface Ranking {
  key: string;
  name: string;
  unit: string;
  periodLabel: string;
  rows: RankingRow[];
  covered: number;
  note: string | null;
  /** What is to be said of the places beside their numbers. */
  placesNote: string | null;
  demo: boolean;
}

export interface CalendarDay {
  periodMs: number;
  /** ISO weekday, 1 Monday. */
  weekday: number;
  week: number;
  value: string | null;
  /** Index into classes; null is a gap or not yet. */
  level: number | null;
  future: boolean;
}

export interface CalendarData {
  year: number;
  name: string;
  unit: string;
  cell: Omit<CellKey, 'periodMs'> | null;
  days: CalendarDay[];
  classes: { label: string; from: number; to: number | null; days: number }[];
  months: { month: number; week: number }[];
  observed: number;
  good: number;
  /** The year's share of good days by the rule of the standard; null when it is not known. */
  share: Figure | null;
  /**
   * Whether the days are the region's own, so that counting them gives the share. A province's are coloured by its mean
   * concentrations, while its share counts the days of its cities: such days must not be counted beside it.
   */
  countable: boolean;
  sentence: string;
  demo: boolean;
}

export interface MatrixData {
  columns: { key: string; name: string; unit: string }[];
  rows: { region: RegionRef; figures: Figure[] }[];
  periodLabel: string;
  /** Which columns are left out because no region has a value; null when none is. */
  lacking: string | null;
  /** Why there are no rows, when there are none. */
  note: string | null;
  demo: boolean;
}

export interface ScreenEvent {
  key: string;
  atMs: number;
  kind: 'load' | 'turn' | 'release';
  /** Of a release: why its figure is 待核, and whether its day is assumed by custom. Absent for most. */
  unverified?: string;
  assumed?: true;
  /** turn: 转好 or 转差 by the class of the standard. */
  tone: Tone;
  title: string;
  detail: string;
  cell: CellKey | null;
  demo: boolean;
}

export interface EventsData {
  events: ScreenEvent[];
}

/** A panel never throws its neighbours over: it has its data, or it says what failed. */
export type PanelResult<Data> = { ok: true; data: Data } | { ok: false; error: string };

export interface PanelDataOf {
  indicators: IndicatorsData;
  pulse: IndicatorsData;
  map: MapData;
  trend: TrendData;
  lines: LinesData;
  shares: SharesData;
  ranking: RankingData;
  calendar: CalendarData;
  matrix: MatrixData;
  events: EventsData;
}
export type PanelKind = keyof PanelDataOf;

export type ScreenPanel = {
  [Kind in PanelKind]: {
    id: string;
    kind: Kind;
    title: string;
    region: RegionRef;
    /** Why the panel shows another region than the screen does; null where it shows that one. */
    elsewhere: string | null;
    result: PanelResult<PanelDataOf[Kind]>;
  };
}[PanelKind];

/** CSS grid of a form: rows of panel ids, column and row sizes. */
export interface ScreenLayout {
  areas: string[][];
  columns: string;
  rows: string;
}
export type ScreenForm = 'wide' | 'ultra';

export interface ScreenSnapshot {
  screen: string;
  title: string;
  region: RegionRef;
  /** The widest region the actor sees on this screen; drilling starts and ends here. */
  root: RegionRef;
  path: RegionRef[];
  asOfMs: number;
  /** True when an instant was asked for, false for "now". */
  pinned: boolean;
  version: number;
  /** Newest observation on the screen. */
  newest: { name: string; periodLabel: string; vintageMs: number; demo: boolean } | null;
  /** Set for an instant at which nothing was known yet: when the first figure of the screen became known, if one has. */
  nothingKnown: { firstKnownMs: number | null } | null;
  demo: boolean;
  layouts: Record<ScreenForm, ScreenLayout>;
  panels: ScreenPanel[];
}
