import { z } from 'zod';
import { FREQUENCIES } from './cell';
import {
  aggregatedShape,
  expressionTextSchema,
  functionCallSchema,
  identifierSchema,
} from './definition-aggregate';
import { releaseSchema } from './definition-release';
import { thresholdsSchema } from './definition-threshold';
import {
  ACCUMULATIONS,
  DIRECTIONS,
  DOMAINS,
  LEVELS,
  MOM_RULES,
  PERIOD_RULES,
  PUBLISHED_BASES,
  ROLLUP_METHODS,
  ROUNDINGS,
  YOY_RULES,
} from './definition-vocabulary';

/**
 * Weight of a region in a rollup: all equal, a denominator that travels with the value (`den:` in the catalogue),
 * or a formula over metrics (`pop_resident`, `ytd(valid_air_days)`).
 */
const rollupWeightSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('equal') }),
  z.strictObject({ by: z.literal('denominator'), name: identifierSchema }),
  z.strictObject({ by: z.literal('formula'), formula: expressionTextSchema }),
]);
export type RollupWeight = z.infer<typeof rollupWeightSchema>;

const commonShape = {
  code: identifierSchema,
  name: z.string().min(1),
  name_en: z.string().min(1),
  domain: z.enum(DOMAINS),
  /** 口径: what is counted, in the owner's words. */
  definition: z.string().min(1),
  /** The formula as written in the catalogue, for people; the engine reads the structured form. */
  formula_text: z.string().min(1).optional(),
  unit: z.string().min(1),
  /** Digits shown; values are stored unrounded and rounded once at display. */
  precision: z.int().min(0).max(6),
  rounding: z.enum(ROUNDINGS),
  /** The finest frequency at which the metric exists. */
  freq: z.enum(FREQUENCIES),
  period_rule: z.enum(PERIOD_RULES),
  accumulation: z.enum(ACCUMULATIONS),
  additive_over_regions: z.boolean(),
  rollup: z.enum(ROLLUP_METHODS),
  rollup_weight: rollupWeightSchema.optional(),
  slices: z.array(identifierSchema).default([]),
  direction: z.enum(DIRECTIONS),
  /** Target interval of a `band` metric, in its unit. */
  band: z.tuple([z.number(), z.number()]).optional(),
  /** What a published figure can be, where its kind does not say it (`figure-range.ts`); null: no limit. */
  range: z
    .tuple([z.number().nullable(), z.number().nullable()])
    .refine(([min, max]) => min === null || max === null || min < max, '下限应小于上限')
    .optional(),
  yoy: z.enum(YOY_RULES),
  mom: z.enum(MOM_RULES),
  thresholds: thresholdsSchema.optional(),
  /** Pace that a completion is compared with: the calendar, or the mean share of the last three years. */
  progress_basis: z.enum(['time', 'history']).optional(),
  /** What the five-year plan counts: a level lowered from the year before it to its last, or each year's drop, accumulated. */
  five_year: z.enum(['reduction', 'yearly_drop']).optional(),
  /**
   * By which 口径 publishers' figures under the usual basis are, where it is another one than that of rows: PM2.5 is
   * published without the hours of sand. The two are not compared with each other.
   */
  published_basis: z.enum(PUBLISHED_BASES).optional(),
  /** Responsible department. Emptiness is the validator's finding, so that it comes with all others. */
  owner: z.string(),
  source_system: z.string(),
  release: releaseSchema,
  levels: z.array(z.enum(LEVELS)).min(1),
  /** What a leader reads from it, one sentence. */
  story: z.string(),
  /** Remark on the structured form, e.g. where it differs from `formula_text` and why. */
  note: z.string().min(1).optional(),
};

const reportedSchema = z.strictObject({
  kind: z.literal('reported'),
  ...commonShape,
  formula: expressionTextSchema.optional(),
});
const aggregatedSchema = z.strictObject({
  kind: z.literal('aggregated'),
  ...commonShape,
  ...aggregatedShape,
});
const derivedSchema = z.strictObject({
  kind: z.literal('derived'),
  ...commonShape,
  formula: expressionTextSchema,
  /** By a method that leaves a residual against the publisher's own (`calculus.md` §12): every value says 近似. */
  approximate: z.literal(true).optional(),
});

const integritySchema = z.strictObject({
  rates: z.array(identifierSchema).min(1),
  below: z.number().min(0).max(100).default(90),
  factor: z.number().min(0).max(1).default(0.8),
});

const compositePartSchema = z.strictObject({
  metric: identifierSchema,
  measure: z.enum(['level', 'yoy', 'mom']).default('level'),
  /** Scored 0 at the first and 100 at the second number; the first larger than the second is an inverse part. */
  score: z.tuple([z.number(), z.number()]),
  weight: z.number().positive().max(1),
  /** Online and validity rates (%) of the data behind it: with one below the limit the score counts in part (`calculus.md` §22). */
  integrity: integritySchema.optional(),
});

const missingRuleSchema = z.strictObject({
  /** With at least this weight at hand the rest is reweighted and flagged, with less the index is missing. */
  reweight_if_at_least: z.number().min(0).max(1),
  /** A part whose denominator is smaller counts as missing (`calculus.md` §22: 30). */
  min_denominator: z.int().nonnegative().optional(),
});

const compositeSchema = z.strictObject({
  kind: z.literal('composite'),
  ...commonShape,
  /** Weighted scores, or … */
  parts: z.array(compositePartSchema).min(1).optional(),
  missing: missingRuleSchema.optional(),
  /** … a named function of a standard (AQI). */
  fn: functionCallSchema.optional(),
});

export const metricDefinitionSchema = z.discriminatedUnion('kind', [
  reportedSchema,
  aggregatedSchema,
  derivedSchema,
  compositeSchema,
]);

/** A definition as it is stored, hashed, exported and compiled. */
export type MetricDefinition = z.infer<typeof metricDefinitionSchema>;
export type AggregatedDefinition = z.infer<typeof aggregatedSchema>;
export type CompositeDefinition = z.infer<typeof compositeSchema>;

/** Parses what was written (YAML, JSON, form) into a definition; throws ZodError with every finding and its path. */
export function parseDefinition(input: unknown): MetricDefinition {
  return metricDefinitionSchema.parse(input);
}
