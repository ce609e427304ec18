import { z } from 'zod';
import { type CommandIo, command } from '@/server/commands/command';
import { LOAD_ORIGINS, PROVENANCES } from '@/server/ingest/load';
import { mappingSchema } from '@/server/ingest/mapping';
import { createLoad } from '@/server/services/loads/create';
import type { LoadResult } from '@/server/services/loads/types';

const input = z.object({
  dataset: z.string().min(1),
  fileName: z.string().min(1).max(300),
  origin: z.enum(LOAD_ORIGINS).default('command'),
  provenance: z.enum(PROVENANCES).default('real'),
  mapping: mappingSchema.optional(),
  mendsLoadId: z.uuid().optional(),
});

/** Takes one file of a dataset; its bytes come with the call. */
export const ingest = command({
  input,
  run: (io: CommandIo, given): Promise<LoadResult> => createLoad(io.ctx, { ...given, bytes: io.body }),
});
