import { z } from 'zod';
import { FREQUENCIES, MEASURES } from '@/metrics/model/cell';
import { procedure, router } from '@/server/api/trpc';
import { readPassport } from '@/server/services/screens/passport';
import { readScreen } from '@/server/services/screens/snapshot';

const region = z.int().min(100000).max(999999);
const instant = z.int().nonnegative();

const cell = z.strictObject({
  metric: z.string().min(1).max(100),
  freq: z.enum(FREQUENCIES),
  region,
  slice: z.string().max(500),
  basis: z.string().min(1).max(50),
  measure: z.enum(MEASURES),
  periodMs: z.int(),
});

export const screensRouter = router({
  /** One screen at one instant, complete. */
  read: procedure
    .input(
      z.strictObject({ screen: z.string().max(60), region: region.optional(), asOfMs: instant.optional() }),
    )
    .query(({ ctx, input }) => readScreen(ctx, input)),

  /** Where a number comes from. */
  passport: procedure
    .input(z.strictObject({ cell, asOfMs: instant.optional() }))
    .query(({ ctx, input }) => readPassport(ctx, input)),
});
