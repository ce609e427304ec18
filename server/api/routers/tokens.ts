import { z } from 'zod';
import { procedure, router } from '@/server/api/trpc';
import { createToken, createTokenInput, listTokens, revokeToken } from '@/server/services/tokens/tokens';

export const tokensRouter = router({
  list: procedure.query(({ ctx }) => listTokens(ctx)),
  create: procedure.input(createTokenInput).mutation(({ ctx, input }) => createToken(ctx, input)),
  revoke: procedure
    .input(z.object({ id: z.string().min(1) }))
    .mutation(({ ctx, input }) => revokeToken(ctx, input)),
});
