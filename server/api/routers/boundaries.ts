import { z } from 'zod';
import { procedure, router } from '@/server/api/trpc';
import {
  activateBoundarySet,
  checkBoundaries,
  checkBoundariesInput,
  listBoundarySets,
  readBoundarySet,
  removeBoundarySet,
  saveBoundariesInput,
  saveBoundarySet,
} from '@/server/services/boundaries-admin/sets';

const id = z.string().min(1).max(64);

export const boundariesRouter = router({
  list: procedure.query(({ ctx }) => listBoundarySets(ctx)),
  get: procedure.input(z.object({ id })).query(({ ctx, input }) => readBoundarySet(ctx, input)),
  check: procedure.input(checkBoundariesInput).mutation(({ ctx, input }) => checkBoundaries(ctx, input)),
  save: procedure.input(saveBoundariesInput).mutation(({ ctx, input }) => saveBoundarySet(ctx, input)),
  activate: procedure
    .input(z.object({ id: id.nullable() }))
    .mutation(({ ctx, input }) => activateBoundarySet(ctx, input)),
  remove: procedure.input(z.object({ id })).mutation(({ ctx, input }) => removeBoundarySet(ctx, input)),
});
