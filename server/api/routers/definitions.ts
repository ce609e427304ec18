import { z } from 'zod';
import { procedure, router } from '@/server/api/trpc';
import { countDefinitions, listDefinitions, readDefinition } from '@/server/services/definitions/read';

export const definitionsRouter = router({
  list: procedure.query(({ ctx }) => listDefinitions(ctx)),
  counts: procedure.query(({ ctx }) => countDefinitions(ctx)),
  get: procedure
    .input(z.object({ code: z.string().max(64) }))
    .query(({ ctx, input }) => readDefinition(ctx, input)),
});
