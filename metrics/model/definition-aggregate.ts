import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { AGGREGATIONS } from './definition-vocabulary';

export const identifierSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, '应以小写字母开头,只含小写字母、数字和下划线,至多 63 个字符');
export const expressionTextSchema = z.string().min(1).max(4000);

/** What a stored decimal can multiply with: ten digits after the point, or the factor itself would be cut. */
function isFactor(factor: number): boolean {
  return factor > 0 && factor <= 1e12 && new Decimal(factor).decimalPlaces() <= 10;
}

/** One aggregation over the rows of a period: `column` or `expr` is what is aggregated, `where` which rows. */
export const aggregateSchema = z.strictObject({
  agg: z.enum(AGGREGATIONS),
  column: identifierSchema.optional(),
  expr: expressionTextSchema.optional(),
  where: expressionTextSchema.optional(),
  /** Quantile, 0–1. */
  q: z.number().min(0).max(1).optional(),
});
export type Aggregate = z.infer<typeof aggregateSchema>;

/** A named, tested function of the engine; which names and arguments exist is `named-function.ts`. */
export const functionCallSchema = z.strictObject({
  name: identifierSchema,
  args: z.record(identifierSchema, z.union([z.string().min(1), z.number(), z.boolean()])).default({}),
});
export type FunctionCall = z.infer<typeof functionCallSchema>;

/** The compilable form of an aggregated metric; one of `measure`, `numerator`+`denominator`, `fn`. */
export const aggregatedShape = {
  dataset: identifierSchema,
  /** `in_period`: rows whose `time` lies in the period; `as_of`: all rows, `where` speaks of `period_end()`. */
  rows: z.enum(['in_period', 'as_of']).default('in_period'),
  time: identifierSchema.optional(),
  where: expressionTextSchema.optional(),
  measure: aggregateSchema.optional(),
  numerator: aggregateSchema.optional(),
  denominator: aggregateSchema.optional(),
  fn: functionCallSchema.optional(),
  /** Multiplies the aggregate into the metric's unit: 100 for a percentage, 0.0001 for 元 → 万元. */
  factor: z.number().refine(isFactor, '应在 0.0000000001 与 1000000000000 之间,小数至多 10 位').default(1),
  /** Slices that are not a column of the same name: slice → row expression. */
  slice_expr: z.record(identifierSchema, expressionTextSchema).optional(),
};
