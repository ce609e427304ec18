import { randomUUID } from 'node:crypto';
import { desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { BoundaryTopology } from '@/metrics/geo/boundary-topology';
import { COORDINATE_SYSTEMS } from '@/metrics/geo/check-geometry';
import { type ImportResult, importBoundaries } from '@/metrics/geo/import-boundaries';
import type { ImportFinding } from '@/metrics/geo/import-finding';
import { assertCan } from '@/server/access/roles';
import type { Context } from '@/server/context';
import type { Transaction } from '@/server/db/client';
import { boundarySet } from '@/server/db/schema/registry';
import { AppError } from '@/server/errors';
import { recordAudit } from '@/server/services/audit/record';
import { mergeCollections } from './merge';

/** All files of one import together; 117 detailed counties are below 20 MB. */
const MAX_CHARACTERS = 60_000_000;

export const checkBoundariesInput = z.object({
  files: z
    .array(z.object({ name: z.string().min(1).max(200), text: z.string().max(MAX_CHARACTERS) }))
    .min(1, '请选择边界文件')
    .max(200, '一次最多 200 个文件'),
  crs: z.enum(COORDINATE_SYSTEMS, { error: '请选择坐标系' }),
  approvalNumber: z.string().trim().max(64).nullable(),
  sourceLine: z.string().trim().max(200, '来源说明最多 200 字'),
});
export const saveBoundariesInput = checkBoundariesInput.extend({
  name: z.string().trim().min(1, '名称不能为空').max(64, '名称最多 64 字'),
  activate: z.boolean(),
});
export type CheckBoundariesInput = z.input<typeof checkBoundariesInput>;
export type SaveBoundariesInput = z.input<typeof saveBoundariesInput>;

export interface BoundarySetRow {
  id: string;
  name: string;
  approvalNumber: string | null;
  sourceLine: string;
  active: boolean;
  createdAt: Date;
  createdBy: string;
}

export interface CheckedBoundaries {
  ok: boolean;
  findings: ImportFinding[];
  /** What the map would show; null when errors keep the file out. */
  topology: BoundaryTopology | null;
  sourceLine: string | null;
}

/** Boundary files operators loaded, newest first; with none active the shipped one is shown. */
export async function listBoundarySets(ctx: Context): Promise<BoundarySetRow[]> {
  assertCan(ctx.actor, 'boundary:read');
  return ctx.db
    .select({
      id: boundarySet.id,
      name: boundarySet.name,
      approvalNumber: boundarySet.approvalNumber,
      sourceLine: boundarySet.sourceLine,
      active: boundarySet.active,
      createdAt: boundarySet.createdAt,
      createdBy: boundarySet.createdBy,
    })
    .from(boundarySet)
    .orderBy(desc(boundarySet.createdAt));
}

/** @throws AppError `not_found`. */
export async function readBoundarySet(
  ctx: Context,
  input: { id: string },
): Promise<BoundarySetRow & { topology: BoundaryTopology }> {
  assertCan(ctx.actor, 'boundary:read');
  const [found] = await ctx.db.select().from(boundarySet).where(eq(boundarySet.id, input.id));
  if (!found) throw new AppError('not_found', '没有这套边界', { place: 'id' });
  // Only what importBoundaries made is ever stored.
  return { ...found, topology: found.topology as BoundaryTopology };
}

/** Every finding at once and a preview; nothing is stored. */
export async function checkBoundaries(ctx: Context, input: CheckBoundariesInput): Promise<CheckedBoundaries> {
  assertCan(ctx.actor, 'boundary:write');
  const result = imported(checkBoundariesInput.parse(input));
  const { ok, findings } = result;
  return result.ok
    ? { ok, findings, topology: result.topology, sourceLine: result.sourceLine }
    : { ok, findings, topology: null, sourceLine: null };
}

/** @throws AppError `bad_input` with the findings when the file has errors. */
export async function saveBoundarySet(ctx: Context, input: SaveBoundariesInput): Promise<{ id: string }> {
  assertCan(ctx.actor, 'boundary:write');
  const given = saveBoundariesInput.parse(input);
  const result = imported(given);
  if (!result.ok) {
    const first = result.findings.find(({ severity }) => severity === 'error');
    throw new AppError('bad_input', first?.reason ?? '边界文件有错误', {
      place: first?.property,
      details: result.findings,
    });
  }
  const id = randomUUID();
  const { name, activate, crs } = given;
  const approvalNumber = given.approvalNumber === '' ? null : given.approvalNumber;
  await ctx.db.transaction(async (tx) => {
    if (activate) await deactivateAll(tx);
    await tx.insert(boundarySet).values({
      id,
      name,
      approvalNumber,
      sourceLine: result.sourceLine,
      topology: result.topology,
      active: activate,
      createdAt: new Date(ctx.clock.nowMs()),
      createdBy: ctx.actor.name,
    });
    await recordAudit(
      { ...ctx, db: tx },
      {
        action: 'boundary.create',
        entity: 'boundary',
        entityId: id,
        details: {
          name,
          approvalNumber,
          sourceLine: result.sourceLine,
          crs,
          activate,
          files: given.files.map((file) => file.name),
          warnings: result.findings.length,
        },
      },
    );
  });
  return { id };
}

/** Shows one set on every map; `id: null` goes back to the shipped one. */
export async function activateBoundarySet(ctx: Context, input: { id: string | null }): Promise<void> {
  assertCan(ctx.actor, 'boundary:write');
  const { id } = input;
  await ctx.db.transaction(async (tx) => {
    await deactivateAll(tx);
    if (id !== null) {
      const updated = await tx
        .update(boundarySet)
        .set({ active: true })
        .where(eq(boundarySet.id, id))
        .returning({ id: boundarySet.id });
      if (updated.length === 0) throw new AppError('not_found', '没有这套边界', { place: 'id' });
    }
    await recordAudit(
      { ...ctx, db: tx },
      { action: 'boundary.activate', entity: 'boundary', entityId: id ?? 'shipped' },
    );
  });
}

/** @throws AppError `conflict` while the maps show it. */
export async function removeBoundarySet(ctx: Context, input: { id: string }): Promise<void> {
  assertCan(ctx.actor, 'boundary:write');
  await ctx.db.transaction(async (tx) => {
    await lockSets(tx);
    const [found] = await tx
      .select({ name: boundarySet.name, active: boundarySet.active })
      .from(boundarySet)
      .where(eq(boundarySet.id, input.id));
    if (!found) throw new AppError('not_found', '没有这套边界', { place: 'id' });
    if (found.active)
      throw new AppError('conflict', '正在使用的边界不能删除,请先启用另一套', { place: 'id' });
    await tx.delete(boundarySet).where(eq(boundarySet.id, input.id));
    await recordAudit(
      { ...ctx, db: tx },
      {
        action: 'boundary.remove',
        entity: 'boundary',
        entityId: input.id,
        details: { name: found.name },
      },
    );
  });
}

function imported({ files, crs, approvalNumber, sourceLine }: CheckBoundariesInput): ImportResult {
  const merged = mergeCollections(files);
  if (!merged.ok) return { ok: false, findings: merged.findings };
  return importBoundaries(merged.collection, { crs, approvalNumber, sourceLine });
}

/** At most one is active: two operators at the same instant wait for each other. */
async function deactivateAll(tx: Transaction): Promise<void> {
  await lockSets(tx);
  await tx.update(boundarySet).set({ active: false }).where(eq(boundarySet.active, true));
}

async function lockSets(tx: Transaction): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext('yiping.boundary_set'))`);
}
