import { z } from 'zod';
import { type CommandIo, command } from '@/server/commands/command';
import { LOAD_ORIGINS, PROVENANCES } from '@/server/ingest/load';
import { mappingSchema } from '@/server/ingest/mapping';
import { createLoad } from '@/server/services/loads/create';
import { listRejects, rejectsCsv } from '@/server/services/loads/rejects';
import type { LoadResult } from '@/server/services/loads/types';

const input = z.object({
  dataset: z.string().min(1),
  fileName: z.string().min(1).max(300),
  origin: z.enum(LOAD_ORIGINS).default('command'),
  provenance: z.enum(PROVENANCES).default('real'),
  mapping: mappingSchema.optional(),
  mendsLoadId: z.uuid().optional(),
});

/** So many rejected rows are shown at the terminal; all of them are kept. */
const SHOWN_REJECTS = 10;

export interface IngestOutcome extends LoadResult {
  /** The first rejected rows. */
  rejects: { row: number; column: string; reason: string }[];
}

/** Takes one file of a dataset; its bytes come with the call. */
export const ingest = command({
  input,
  run: async (io: CommandIo, given): Promise<IngestOutcome> => {
    const result = await createLoad(io.ctx, { ...given, bytes: io.body });
    const rejects =
      result.rejected === 0
        ? []
        : (await listRejects(io.ctx, { id: result.loadId, limit: SHOWN_REJECTS })).rows;
    return { ...result, rejects: rejects.map(({ row, column, reason }) => ({ row, column, reason })) };
  },
});

/** All rejected rows of a load as CSV text, to be mended and sent again. */
export const loadRejects = command({
  input: z.object({ id: z.string() }),
  run: async (io, { id }) => {
    const { fileName, body } = await rejectsCsv(io.ctx, { id });
    let text = '';
    for await (const chunk of body.setEncoding('utf8')) text += String(chunk);
    return { fileName, text };
  },
});
