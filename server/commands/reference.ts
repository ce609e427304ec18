import { z } from 'zod';
import { command } from '@/server/commands/command';
import { readReference } from '@/server/services/reference/read';

/** The registry as it stands, for `npm run catalogue`. */
export const reference = command({
  input: z.object({}),
  run: async (io) => readReference(io.ctx),
});
