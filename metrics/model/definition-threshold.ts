import { z } from 'zod';

/** Four-colour levels in order of severity (`calculus.md` §25). */
export const COLOURS = ['blue', 'yellow', 'orange', 'red'] as const;
export type Colour = (typeof COLOURS)[number];

/**
 * What a threshold is compared with. `value` is the metric rounded to display precision; `_pp` are differences in
 * percentage points; `ears`, `event_level`, `alert_level` and `class` are enumerations.
 */
export const THRESHOLD_MEASURES = [
  'value',
  'yoy',
  'wow',
  'value-100',
  'day_value',
  'month_value',
  'value_vs_target_pp',
  'growth_vs_target_pp',
  'completion_vs_time_pp',
  'vs_quota_time_pp',
  'vs_plan_pct',
  'vs_redline',
  'load/available_capacity',
  'ears',
  'event_level',
  'alert_level',
  'class',
] as const;
export type ThresholdMeasure = (typeof THRESHOLD_MEASURES)[number];

const op = z.enum(['lt', 'le', 'gt', 'ge']);
const colour = z.enum(COLOURS);
/** A level is a colour, a word of the standard (断电, 轻度污染), or both. */
const level = { colour: colour.optional(), label: z.string().min(1).optional() };

const compareRule = z.strictObject({ type: z.literal('compare'), ...level, op, limit: z.number() });
const equalsRule = z.strictObject({
  type: z.literal('equals'),
  ...level,
  equals: z.array(z.string().min(1)).min(1),
});
/** Inclusive band of a standard's classes, e.g. AQI 51–100 良. */
const rangeRule = z.strictObject({
  type: z.literal('range'),
  ...level,
  from: z.number(),
  to: z.number().optional(),
});
/** A limit value of a standard for one averaging time; above it is non-attainment, no colour of its own. */
const limitRule = z.strictObject({
  type: z.literal('limit'),
  statistic: z.enum(['annual_mean', 'daily_mean', 'hourly_mean', 'daily_max_8h', 'percentile']),
  limit: z.number(),
});
const condition = z.strictObject({
  statistic: z.literal('daily_aqi'),
  op,
  limit: z.number(),
  hours: z.int().positive().optional(),
});
/** Alternatives (`any_of`) of conditions that must all hold (`all_of`), each possibly for a number of hours. */
const sustainedRule = z.strictObject({
  type: z.literal('sustained'),
  ...level,
  any_of: z.array(z.strictObject({ all_of: z.array(condition).min(1) })).min(1),
});

export const thresholdRuleSchema = z.discriminatedUnion('type', [
  compareRule,
  equalsRule,
  rangeRule,
  limitRule,
  sustainedRule,
]);
export type ThresholdRule = z.infer<typeof thresholdRuleSchema>;

export const thresholdSetSchema = z.strictObject({
  /** `default` may be configured by a deployment, `standard` may not. */
  source: z.enum(['default', 'standard']),
  /** Number and clause of the standard. */
  standard: z.string().min(1).optional(),
  measure: z.enum(THRESHOLD_MEASURES),
  /** Units of judgement when they are finer than region × period, e.g. county × topic. */
  by: z.array(z.string().min(1)).optional(),
  /** The only units that the set judges, by value of their dimension, and who says that it is these. */
  only: z
    .strictObject({
      values: z.array(z.string().min(1)).min(1),
      source: z.string().min(1),
      /** Values of the metric's first dimension that such a unit is of by rule: 鼠疫 is 甲类, so its case is one signal. */
      includes: z.array(z.string().min(1)).min(1).optional(),
    })
    .optional(),
  /** Newest days whose rows are still coming in (by day of onset): what they raise is a hint (`calculus.md` §25). */
  tentative_days: z.int().positive().optional(),
  /** Half-open interval of application, for standards that changed. */
  valid_from: z.iso.date().optional(),
  valid_to: z.iso.date().optional(),
  rules: z.array(thresholdRuleSchema).min(1),
});
export type ThresholdSet = z.infer<typeof thresholdSetSchema>;

export const thresholdsSchema = z.strictObject({
  /** The catalogue's own notation, kept for people and for audit; the engine reads `sets`. */
  text: z.string().min(1),
  sets: z.array(thresholdSetSchema).min(1),
  /** Periods below the limit before a level is lowered; default 2, daily metrics 3 (`calculus.md` §25). */
  hysteresis_periods: z.int().positive().optional(),
});
