import { router } from '@/server/api/trpc';

/** One router file an entity, in server/api/routers; a procedure is input schema, verb, output. */
export const appRouter = router({});

export type AppRouter = typeof appRouter;
