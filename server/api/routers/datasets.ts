import { z } from 'zod';
import { procedure, router } from '@/server/api/trpc';
import { listDatasets, readDataset } from '@/server/services/datasets/read';

export const datasetsRouter = router({
  list: procedure.query(({ ctx }) => listDatasets(ctx)),
  get: procedure
    .input(z.object({ name: z.string().max(64) }))
    .query(({ ctx, input }) => readDataset(ctx, input)),
});
