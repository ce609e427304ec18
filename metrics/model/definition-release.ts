import { z } from 'zod';

/** Inclusive span [first, last]. */
const span = z.tuple([z.int().min(0), z.int().min(0)]);
const stage = z.enum(['flash', 'final']).optional();

/** Continuous arrival; `cadence_minutes` is the usual distance of two values. */
const continuous = z.strictObject({
  type: z.literal('continuous'),
  cadence_minutes: z.int().positive().optional(),
  stage,
});

/**
 * Released some time after a period ended. `days` counts days after the end (0 = on the last day, 1 = the first day
 * after), `months` months after the end (1 = the first month after); `hour` is the hour of the day, Asia/Shanghai.
 */
const afterPeriod = z.strictObject({
  type: z.literal('after_period'),
  period: z.enum(['day', 'month', 'quarter', 'year']),
  days: span.optional(),
  months: span.optional(),
  hour: z.int().min(0).max(23).optional(),
  stage,
});

/** Released at a fixed place of the reference year itself, e.g. 12月中旬. */
const inYear = z.strictObject({
  type: z.literal('in_year'),
  month: z.int().min(1).max(12),
  days: span.optional(),
  stage,
});

/** Released some hours after the event itself, not after a period. */
const afterEvent = z.strictObject({ type: z.literal('after_event'), hours: z.int().positive(), stage });

export const releaseRuleSchema = z.discriminatedUnion('type', [continuous, afterPeriod, inYear, afterEvent]);
export type ReleaseRule = z.infer<typeof releaseRuleSchema>;

/** Release lag: the catalogue's words and their machine-readable form, first rule first (实时/次日 has two). */
export const releaseSchema = z.strictObject({
  lag: z.string().min(1),
  rules: z.array(releaseRuleSchema).min(1),
});
export type Release = z.infer<typeof releaseSchema>;
