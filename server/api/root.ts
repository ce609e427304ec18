import { auditRouter } from '@/server/api/routers/audit';
import { boundariesRouter } from '@/server/api/routers/boundaries';
import { calculusRouter } from '@/server/api/routers/calculus';
import { calendarRouter } from '@/server/api/routers/calendar';
import { datasetsRouter } from '@/server/api/routers/datasets';
import { definitionsRouter } from '@/server/api/routers/definitions';
import { deskRouter } from '@/server/api/routers/desk';
import { devicesRouter } from '@/server/api/routers/devices';
import { jobsRouter } from '@/server/api/routers/jobs';
import { liveRouter } from '@/server/api/routers/live';
import { loadsRouter } from '@/server/api/routers/loads';
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
  boundaries: boundariesRouter,
  calendar: calendarRouter,
  calculus: calculusRouter,
  datasets: datasetsRouter,
  definitions: definitionsRouter,
  desk: deskRouter,
  devices: devicesRouter,
  jobs: jobsRouter,
  live: liveRouter,
  loads: loadsRouter,
  metrics: metricsRouter,
  observations: observationsRouter,
  screens: screensRouter,
  session: sessionRouter,
  tokens: tokensRouter,
  users: usersRouter,
});

export type AppRouter = typeof appRouter;
