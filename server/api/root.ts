import { liveRouter } from '@/server/api/routers/live';
import { sessionRouter } from '@/server/api/routers/session';
import { router } from '@/server/api/trpc';

/** One router file an entity, in server/api/routers; a procedure is input schema, verb, output. */
export const appRouter = router({
  live: liveRouter,
  session: sessionRouter,
});

export type AppRouter = typeof appRouter;
