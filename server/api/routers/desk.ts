import { z } from 'zod';
import { FREQUENCIES } from '@/metrics/model/cell';
import { procedure, router } from '@/server/api/trpc';
import { asOfInstant } from '@/server/services/desk/as-of';
import { readMetricList } from '@/server/services/desk/list';
import { readMetricPage } from '@/server/services/desk/page';
import { readSignals } from '@/server/services/desk/signals';

/** More are counted, and read by REST. */
const SIGNALS_SHOWN = 60;

const asOf = z.string().max(40).optional();

export const deskRouter = router({
  /** All indicators by domain, with their newest value or why there is none. */
  list: procedure
    .input(z.strictObject({ asOf }))
    .query(({ ctx, input }) =>
      readMetricList(ctx, input.asOf === undefined ? {} : { asOfMs: asOfInstant(ctx, input.asOf) }),
    ),

  /** Everything the page of one metric shows, as known at one instant. */
  metric: procedure
    .input(
      z.strictObject({
        code: z.string().min(1).max(100),
        region: z.int().min(100000).max(999999).optional(),
        freq: z.enum(FREQUENCIES).optional(),
        basis: z.string().min(1).max(50).optional(),
        slice: z.string().max(500).optional(),
        period: z.string().max(32).optional(),
        asOf,
      }),
    )
    .query(({ ctx, input: { asOf: text, ...input } }) =>
      readMetricPage(ctx, { ...input, asOfMs: text === undefined ? undefined : asOfInstant(ctx, text) }),
    ),

  /** 预警信号 of a metric that is judged by county and kind, worst first. */
  signals: procedure
    .input(
      z.strictObject({
        code: z.string().min(1).max(100),
        region: z.int().min(100000).max(999999).optional(),
        asOf,
      }),
    )
    .query(({ ctx, input: { asOf: text, ...input } }) =>
      readSignals(ctx, {
        ...input,
        limit: SIGNALS_SHOWN,
        asOfMs: text === undefined ? undefined : asOfInstant(ctx, text),
      }),
    ),
});
