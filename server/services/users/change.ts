import { and, eq } from 'drizzle-orm';
import { assertMayGrant } from '@/server/access/grant';
import { assertCan } from '@/server/access/roles';
import { hashPassword } from '@/server/auth/library';
import { clearAttempts } from '@/server/auth/lockout';
import { generatePassword } from '@/server/auth/secret';
import type { Context } from '@/server/context';
import { account, user } from '@/server/db/schema/auth';
import { recordAudit } from '@/server/services/audit/record';
import {
  accountById,
  accountByUsername,
  assertAnotherAdmin,
  endSessions,
} from '@/server/services/users/accounts';
import {
  type ResetPasswordInput,
  resetPasswordInput,
  type UpdateUserInput,
  updateUserInput,
} from '@/server/services/users/inputs';

/** Name, role and data scope; open pages of the person get the new ones with their next read. */
export async function updateUser(ctx: Context, input: UpdateUserInput): Promise<void> {
  assertCan(ctx.actor, 'user:write');
  const { id, ...changes } = updateUserInput.parse(input);
  await ctx.db.transaction(async (tx) => {
    const before = await accountById(tx, id);
    const { name, role, regions, domains } = { ...before, ...changes };
    assertMayGrant(ctx.actor, { regions, domains });
    if (before.role === 'admin' && role !== 'admin') await assertAnotherAdmin(tx, id);
    const updatedAt = new Date(ctx.clock.nowMs());
    await tx.update(user).set({ name, role, regions, domains, updatedAt }).where(eq(user.id, id));
    await recordAudit(
      { ...ctx, db: tx },
      {
        action: 'user.update',
        entity: 'user',
        entityId: id,
        details: {
          before: { name: before.name, role: before.role, regions: before.regions, domains: before.domains },
          after: { name, role, regions, domains },
        },
      },
    );
  });
  ctx.bus.emit('revoked', { actorId: id });
}

/** Disabling signs the person out everywhere at once. */
export async function setUserDisabled(ctx: Context, input: { id: string; disabled: boolean }): Promise<void> {
  assertCan(ctx.actor, 'user:write');
  const { id, disabled } = input;
  await ctx.db.transaction(async (tx) => {
    const before = await accountById(tx, id);
    if (disabled && before.role === 'admin') await assertAnotherAdmin(tx, id);
    const now = new Date(ctx.clock.nowMs());
    await tx
      .update(user)
      .set({ disabledAt: disabled ? now : null, updatedAt: now })
      .where(eq(user.id, id));
    if (disabled) await endSessions(tx, id);
    await recordAudit(
      { ...ctx, db: tx },
      { action: disabled ? 'user.disable' : 'user.enable', entity: 'user', entityId: id },
    );
  });
  if (disabled) ctx.bus.emit('revoked', { actorId: id });
}

/** Ends every session of the person and lifts a lock. Gives the password back when it was generated. */
export async function resetPassword(
  ctx: Context,
  input: ResetPasswordInput,
): Promise<{ username: string; generatedPassword: string | null }> {
  assertCan(ctx.actor, 'user:write');
  const given = resetPasswordInput.parse(input);
  const target =
    given.id !== undefined
      ? await accountById(ctx.db, given.id)
      : await accountByUsername(ctx.db, given.username ?? '');
  const generatedPassword = given.password === undefined ? generatePassword() : null;
  const password = await hashPassword(ctx, given.password ?? generatedPassword ?? '');
  await ctx.db.transaction(async (tx) => {
    await tx
      .update(account)
      .set({ password, updatedAt: new Date(ctx.clock.nowMs()) })
      .where(and(eq(account.userId, target.id), eq(account.providerId, 'credential')));
    await endSessions(tx, target.id);
    await recordAudit(
      { ...ctx, db: tx },
      { action: 'user.reset_password', entity: 'user', entityId: target.id },
    );
  });
  await clearAttempts(ctx, target.username);
  ctx.bus.emit('revoked', { actorId: target.id });
  return { username: target.username, generatedPassword };
}

/** Lifts the lock that wrong passwords put on the name. */
export async function unlockUser(ctx: Context, input: { id: string }): Promise<void> {
  assertCan(ctx.actor, 'user:write');
  const target = await accountById(ctx.db, input.id);
  await clearAttempts(ctx, target.username);
  await recordAudit(ctx, { action: 'user.unlock', entity: 'user', entityId: target.id });
}
