import { tracked } from '@trpc/server';
import { z } from 'zod';
import { procedure, router } from '@/server/api/trpc';
import { followChanges } from '@/server/services/observations/changes';

export const liveRouter = router({
  /** One stream a browser; every event is identified by the data version, which a reconnect brings back. */
  changes: procedure
    .input(z.object({ lastEventId: z.string().optional() }).optional())
    .subscription(async function* ({ ctx, signal }) {
      const signals = signal ? [signal, ctx.closing] : [ctx.closing];
      const changes = followChanges(ctx, {
        signal: AbortSignal.any(signals),
        resolveAgain: ctx.resolveAgain,
      });
      for await (const change of changes) yield tracked(String(change.version), change);
    }),
});
