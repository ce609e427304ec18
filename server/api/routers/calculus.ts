import { procedure, router } from '@/server/api/trpc';
import { calculusInput, readCalculus } from '@/server/services/calculus/read';

export const calculusRouter = router({
  /** Every result of the calculus that applies to one cell, with what it was made of. */
  read: procedure.input(calculusInput).query(({ ctx, input }) => readCalculus(ctx, input)),
});
