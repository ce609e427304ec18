import { z } from 'zod';
import { command } from '@/server/commands/command';
import { createToken, createTokenInput, listTokens, revokeToken } from '@/server/services/tokens/tokens';

const listInput = z.object({});
const revokeInput = z.object({ id: z.string().min(1) });

export const tokenCreate = command({
  input: createTokenInput,
  run: (io, input) => createToken(io.ctx, input),
});

export const tokenList = command({
  input: listInput,
  run: async (io) =>
    (await listTokens(io.ctx)).map((row) => ({
      id: row.id,
      name: row.name,
      role: row.role,
      regions: row.regions,
      expiresAt: row.expiresAt?.toISOString() ?? null,
      revokedAt: row.revokedAt?.toISOString() ?? null,
    })),
});

export const tokenRevoke = command({
  input: revokeInput,
  run: async (io, input) => {
    await revokeToken(io.ctx, input);
    return { id: input.id };
  },
});
