import { z } from 'zod';
import { procedure, router } from '@/server/api/trpc';
import { getMetric, listMetrics, listMetricsInput } from '@/server/services/metrics/read';

export const metricsRouter = router({
  list: procedure.input(listMetricsInput).query(({ ctx, input }) => listMetrics(ctx, input)),
  get: procedure
    .input(z.object({ code: z.string().max(64) }))
    .query(({ ctx, input }) => getMetric(ctx, input)),
});
