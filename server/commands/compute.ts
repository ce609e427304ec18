import { z } from 'zod';
import { FREQUENCIES } from '@/metrics/model/cell';
import { assertCan } from '@/server/access/roles';
import { audited } from '@/server/commands/audited';
import { command } from '@/server/commands/command';
import { runCompute } from '@/server/compute/run';

const input = z.object({
  dataset: z.string().optional(),
  metrics: z.array(z.string()).min(1).optional(),
  freqs: z.array(z.enum(FREQUENCIES)).min(1).optional(),
  /** Stretch of business time, epoch milliseconds, half open. */
  fromMs: z.number().int().optional(),
  toMs: z.number().int().optional(),
});

/** Computes what waits, or a named stretch again. */
export const compute = command({
  input,
  run: (io, given) => {
    assertCan(io.ctx.actor, 'job:run');
    // An unknown name is refused: computing nothing would look like success.
    for (const code of given.metrics ?? []) io.ctx.registry.get(code);
    const { fromMs, toMs, ...named } = given;
    return audited(
      io.ctx,
      {
        action: 'job.run',
        entity: 'job',
        entityId: 'compute',
        details: { ...named, ...instant('from', fromMs), ...instant('to', toMs) },
      },
      () => runCompute(io.runtime.stores, { ...given, reason: 'command' }),
      ({ runId, rowsWritten, derivedRows }) => ({ runId, rowsWritten: rowsWritten + derivedRows }),
    );
  },
});

function instant(name: string, ms: number | undefined): Record<string, string> {
  return ms === undefined ? {} : { [name]: new Date(ms).toISOString() };
}
