import { z } from 'zod';
import { procedure, router } from '@/server/api/trpc';
import { getLoad } from '@/server/services/loads/get';
import { listLoads, listLoadsInput } from '@/server/services/loads/list';
import { listRejects, rejectsInput } from '@/server/services/loads/rejects';

/** What arrived and what was rejected; a file itself comes through the upload route, as bytes. */
export const loadsRouter = router({
  list: procedure.input(listLoadsInput).query(({ ctx, input }) => listLoads(ctx, input)),
  get: procedure.input(z.object({ id: z.string() })).query(({ ctx, input }) => getLoad(ctx, input)),
  rejects: procedure.input(rejectsInput).query(({ ctx, input }) => listRejects(ctx, input)),
});
