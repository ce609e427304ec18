import type { Freq, RegionCode } from '@/metrics/model/cell';
import type { DatasetContract } from '@/metrics/model/dataset';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { CompileScope, Window } from './bounds';
import type { LayerRule } from './layers/types';
import type { Fragment, RenderedSql } from './sql/fragment';

export type { CompileScope, Window } from './bounds';

/** A definition with the version that its observations carry. */
export interface VersionedDefinition {
  definition: MetricDefinition;
  version: number;
}

/** Days counted by another method beside the usual one. */
export interface AirCounting {
  /** Bases that its cells carry: of a day, month or year, and 累计. */
  basis: string;
  ytdBasis: string;
  /** The basis whose days say how complete a stretch is, where days are left out on purpose; absent: its own. */
  completeBy?: string;
}

/**
 * Values judged by one edition whatever their date, beside those that the date decides: what periods on both sides of a
 * change of standard are compared by.
 */
export interface AirTrack extends Window, AirCounting {
  breakpoints: AirRules['editions'][number]['breakpoints'];
  divisors: AirRules['limits'][number]['divisors'];
}

/** The rules of the air standards; `metrics/calculus/environment` holds them, the compiler takes them as an argument. */
export interface AirRules {
  /** Upper IAQI of each band. */
  levels: readonly number[];
  /** Breakpoints by edition, in force order; `fromMs` of the first is ignored. CO in mg/m³. */
  editions: readonly { fromMs: number; breakpoints: Readonly<Record<string, readonly number[]>> }[];
  /** Divisors of the composite index by stage, in force order. */
  limits: readonly { fromMs: number; divisors: Readonly<Record<string, number>> }[];
  /** Absent: no value is judged by any edition but its own. */
  tracks?: readonly AirTrack[];
  validity: {
    hoursPer8h: number;
    hoursPerDay: number;
    windowsPerO3Day: number;
    o3ExceptionAbove: number;
    daysPerMonth: number;
    daysPerFebruary: number;
    daysPerYear: number;
  };
}

/** Days that differ from the plain week, as data; a year that has no table is judged by the weekday and flagged. */
export interface WorkdayTable {
  /** Weekdays (Monday–Friday) declared free, 'YYYY-MM-DD'. */
  offWeekdays: readonly string[];
  /** Weekend days declared working. */
  extraWorkdays: readonly string[];
  years: readonly number[];
}

/** A published stock that movements are counted from (`stock_balance`). */
export interface OpeningStock {
  metric: string;
  region: RegionCode;
  /** First instant after the period that the stock closes. */
  endMs: number;
  value: string;
  /** What is as true of every stock that goes on from it. */
  flags: readonly string[];
}

export interface CompileInput {
  scope: CompileScope;
  contract: DatasetContract;
  definitions: readonly VersionedDefinition[];
  freqs: readonly Freq[];
  /** Stretch of time whose rows changed; widened to whole periods here. Absent: only stocks are asked for. */
  window?: Window;
  /** Stretch for which stocks (`rows: as_of`) are counted: from the first changed row to the newest day that has arrived. Absent: none. */
  stockWindow?: Window;
  /** Time columns that are deadlines and may lie in the future. */
  deadlines: readonly string[];
  /** Instant of the run: a period that has not ended is 进行中. The compiler has no clock. */
  nowMs: number;
  province: RegionCode;
  /** City codes expected under the province, for coverage. */
  cities: readonly RegionCode[];
  /** County codes expected under the cities, for theirs. */
  counties: readonly RegionCode[];
  air: AirRules;
  workdays: WorkdayTable;
  /** Slices left out, e.g. because the column holds too many values. */
  excludedSlices?: readonly { slice: string; reason: string }[];
  /** Metrics whose quarters are asked for by what is made of them (compile/quarters.ts); those of frequency Q ask themselves. */
  quarterly?: ReadonlySet<string>;
  /**
   * Instant until which what had been accepted before the first row may still be due or open: periods and days that begin
   * before it lack that, where rows are placed by another time than the business time or counted as they stand.
   */
  settledFromMs?: number;
  /** Rows of the dataset come every day, as some metric of it is counted: a month without a week of them is not whole. */
  fedDaily?: boolean;
  /** The business time labels the end of an hour: 09:00 is the hour from 08:00. Absent: a row happened when it says. */
  labelsHourEnd?: boolean;
  /** Definitions that a named function of this dataset reads rows by (`ears_signals`: its cases), asked for or not. */
  operands?: readonly MetricDefinition[];
  /** Published stocks known at `nowMs`; a balance without one is not answered. */
  openings?: readonly OpeningStock[];
}

/** Cells that a statement computes completely: current ones of its own source that it does not return are withdrawn. */
export interface CompleteWindow extends Window {
  metric: string;
  freq: Freq;
  basis: string;
  /** Only of the whole; absent: of every slice. */
  unsliced?: boolean;
}

/** The body of one INSERT … SELECT into the stage, in the order of STAGE_COLUMNS without the stage's id. */
export interface CompiledStatement {
  name: string;
  metrics: readonly string[];
  complete: readonly CompleteWindow[];
  select: RenderedSql;
  /** Present: the select reads a small layer, of which this makes the cells (metrics/functions). */
  layer?: LayerRule;
}

/** A statement before the scope is applied and its values are bound. */
export interface StatementDraft extends Omit<CompiledStatement, 'select'> {
  select: Fragment;
}

/** Drafts by layer: what a wall waits for; what else is read from rows; what is made of cells; of those, for comparison. */
export interface DraftLayers {
  early: StatementDraft[];
  first: StatementDraft[];
  second: StatementDraft[];
  last: StatementDraft[];
}

/** Why the compiler does not answer a metric, or a part of it. */
export const REFUSAL_CODES = [
  /** The definition has no structured form, or an expression of it means nothing over the rows. */
  'no_compilable_form',
  /** The aggregation cannot be used in this place (inside a ratio, as of a day). */
  'unsupported_aggregation',
  /** The named function has no computation here. */
  'unsupported_function',
  /** The higher region's value does not follow from its rows by this method. */
  'unsupported_rollup',
  /** Periods this fine, or of this rule, are not computed. */
  'unsupported_frequency',
  /** A stock is taken at an instant: summing its rows over a period is no figure. */
  'not_additive_over_time',
  /** Weighting by time needs rows of a unit in order of an instant. */
  'needs_order',
  /** No published stock to count movements from. */
  'no_opening_stock',
  /** The slice is left out: too many values, or no opening stock of its own. */
  'slice_excluded',
  /** The dataset has no such column; the metric is computed without the slice. */
  'slice_unknown',
  /** The metric's domain is not the asking person's. */
  'out_of_scope',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** What the compiler will not answer, and why. */
export interface Refusal {
  metric: string;
  code: RefusalCode;
  /** Chinese, for the operator. */
  message: string;
}

/** Statements of a layer may run in any order; a layer reads what the former ones appended. */
export interface CompiledPlan {
  layers: readonly (readonly CompiledStatement[])[];
  /** Of the layers, how many come first because a wall waits for them: none or one. */
  earlyLayers: number;
  refusals: readonly Refusal[];
}

export const STAGE_COLUMNS = [
  'metric',
  'freq',
  'region',
  'slice',
  'basis',
  'measure',
  'period',
  'value',
  'numerator',
  'denominator',
  'sample_count',
  'status',
  'flags',
  'source',
  'definition_version',
] as const;
