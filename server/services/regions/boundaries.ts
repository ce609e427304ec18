import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { assertCan } from '@/server/access/roles';
import type { Context } from '@/server/context';
import { boundarySet } from '@/server/db/schema/registry';

export interface Boundaries {
  /** TopoJSON text with objects county, city, province and the source line, ready to send. */
  body: string;
  /** Content hash: the same hash is the same file for ever. */
  hash: string;
}

const shippedSource = z.object({ sourceLine: z.string(), approvalNumber: z.string().nullable() });

/** The shipped file cannot change while the process runs. */
let shipped: Promise<Boundaries> | undefined;

/** The operator's active boundary file, or the shipped one; with its source line and 审图号 (null: none). */
export async function readBoundaries(ctx: Context): Promise<Boundaries> {
  assertCan(ctx.actor, 'screen:read');
  const [active] = await ctx.db.select().from(boundarySet).where(eq(boundarySet.active, true)).limit(1);
  if (active) return packed(active.topology, active.sourceLine, active.approvalNumber);
  shipped ??= readShipped();
  return shipped;
}

async function readShipped(): Promise<Boundaries> {
  const dir = join(process.cwd(), 'seed', 'boundaries');
  const [topology, source] = await Promise.all([
    readFile(join(dir, 'shanxi.topo.json'), 'utf8'),
    readFile(join(dir, 'shanxi.source.json'), 'utf8'),
  ]);
  const { sourceLine, approvalNumber } = shippedSource.parse(JSON.parse(source));
  return packed(JSON.parse(topology), sourceLine, approvalNumber);
}

function packed(topology: unknown, sourceLine: string, approvalNumber: string | null): Boundaries {
  const body = JSON.stringify({ sourceLine, approvalNumber, topology });
  return { body, hash: createHash('sha256').update(body).digest('hex').slice(0, 32) };
}
