/**
 * The cell: the coordinates of one number, in the terms of official statistics
 * (SDMX: FREQ, REF_AREA, TIME_PERIOD, OBS_VALUE, OBS_STATUS).
 */

/** SDMX frequency codes; N is minute. */
export const FREQUENCIES = ['A', 'Q', 'M', 'D', 'H', 'N'] as const;
export type Freq = (typeof FREQUENCIES)[number];

/** What stretch of time the value covers: 当期, 本年累计, 时点, 均值. Named variants (`std2026`) are further bases. */
export const COMMON_BASES = ['period', 'ytd', 'point', 'mean'] as const;
export type Basis = (typeof COMMON_BASES)[number] | (string & {});

/**
 * `level`, or a published rate: published growth is a fact of its own, never recomputed from levels. `target` is the
 * year's target of the level (目标值), loaded like a published figure and with vintages like one.
 */
export const MEASURES = ['level', 'yoy', 'mom', 'target'] as const;
export type Measure = (typeof MEASURES)[number];

/** Vintage status, in order of finality; `missing` is an explicit "known not to exist". */
export const OBS_STATUSES = [
  'flash',
  'prelim',
  'final',
  'census',
  'estimate',
  'forecast',
  'missing',
] as const;
export type ObsStatus = (typeof OBS_STATUSES)[number];

/** GB/T 2260 adcode as a number: 140000 province, 1401xx city level, county level; 100000 the nation. */
export type RegionCode = number;

/** Key of a series: everything of a cell but its period. */
export interface SeriesKey {
  metric: string;
  freq: Freq;
  region: RegionCode;
  /** '' or canonical `dim=value;dim=value`, dimensions in alphabetical order. */
  slice: string;
  basis: Basis;
  measure: Measure;
}

export interface CellKey extends SeriesKey {
  /** First instant of the half-open period, epoch milliseconds (period boundaries are Asia/Shanghai). */
  periodMs: number;
}

/** One vintage of one cell. Decimals travel as strings: no float surprises on the way. */
export interface Observation extends CellKey {
  /** Instant at which the value became known (published or computed), epoch milliseconds. */
  vintageMs: number;
  /** Since when the value stands, where it was told again with other marks; absent where nobody looked. */
  valueSinceMs?: number;
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  /** Rows or samples behind the value: an observed zero (count > 0) differs from "not observed". */
  sampleCount: number;
  status: ObsStatus;
  /** E.g. `demo` 演示数据, `partial`, `vintage_assumed` 发布日按惯例推定. */
  flags: string[];
  /** Load id, or the publisher's citation for a reported figure. */
  source: string;
  runId: string;
  definitionVersion: number;
  /** Of an incomplete value of the province that lacks cities: those that have one; absent where nobody looked. */
  parts?: readonly RegionCode[];
}
