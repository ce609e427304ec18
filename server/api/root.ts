import { auditRouter } from '@/server/api/routers/audit';
import { devicesRouter } from '@/server/api/routers/devices';
import { liveRouter } from '@/server/api/routers/live';
import { metricsRouter } from '@/server/api/routers/metrics';
import { observationsRouter } from '@/server/api/routers/observations';
import { screensRouter } from '@/server/api/routers/screens';
import { sessionRouter } from '@/server/api/routers/session';
import { tokensRouter } from '@/server/api/routers/tokens';
import { usersRouter } from '@/server/api/routers/users';
import { router } from '@/server/api/trpc';

/** One router file an entity, in server/api/routers; a procedure is input schema, verb, output. */
export const appRouter = router({
  audit: auditRouter,
  devices: devicesRouter,
  live: liveRouter,
  metrics: metricsRouter,
  observations: observationsRouter,
  screens: screensRouter,
  session: sessionRouter,
  tokens: tokensRouter,
  users: usersRouter,
});

export type AppRouter = typeof appRouter;
