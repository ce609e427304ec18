import { procedure, router } from '@/server/api/trpc';
import { observationQuery, queryObservations } from '@/server/services/observations/query';

export const observationsRouter = router({
  query: procedure.input(observationQuery).query(({ ctx, input }) => queryObservations(ctx, input)),
});
