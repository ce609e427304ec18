import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { assertMayGrant } from '@/server/access/grant';
import { assertCan } from '@/server/access/roles';
import { hashPassword } from '@/server/auth/library';
import { generatePassword } from '@/server/auth/secret';
import type { Context } from '@/server/context';
import { account, user } from '@/server/db/schema/auth';
import { AppError } from '@/server/errors';
import { recordAudit } from '@/server/services/audit/record';
import { type CreateUserInput, createUserInput } from '@/server/services/users/inputs';

export interface CreatedUser {
  id: string;
  username: string;
  /** Given back once, and only when it was generated. */
  generatedPassword: string | null;
}

/** @throws AppError `conflict` when the user name is taken. */
export async function createUser(ctx: Context, input: CreateUserInput): Promise<CreatedUser> {
  assertCan(ctx.actor, 'user:write');
  const given = createUserInput.parse(input);
  assertMayGrant(ctx.actor, given);
  const generatedPassword = given.password === undefined ? generatePassword() : null;
  const hash = await hashPassword(ctx, given.password ?? generatedPassword ?? '');
  const id = randomUUID();
  const now = new Date(ctx.clock.nowMs());
  const { username, name, role, regions, domains } = given;
  await ctx.db.transaction(async (tx) => {
    const inserted = await tx
      .insert(user)
      .values({
        id,
        name,
        username,
        displayUsername: username,
        // The library wants one; nothing is ever sent to it.
        email: `${username}@yiping.invalid`,
        createdAt: now,
        updatedAt: now,
        role,
        regions,
        domains,
      })
      .onConflictDoNothing()
      .returning({ id: user.id });
    if (inserted.length === 0)
      throw new AppError('conflict', `用户名 ${username} 已被使用`, { place: 'username' });
    await tx.insert(account).values({
      id: randomUUID(),
      accountId: id,
      providerId: 'credential',
      userId: id,
      password: hash,
      createdAt: now,
      updatedAt: now,
    });
    await recordAudit(
      { ...ctx, db: tx },
      { action: 'user.create', entity: 'user', entityId: id, details: { username, role, regions, domains } },
    );
  });
  return { id, username, generatedPassword };
}

/** Whether there is any account at all: the first start makes the first one. */
export async function hasUsers(ctx: Pick<Context, 'db'>, username?: string): Promise<boolean> {
  const query = ctx.db.select({ id: user.id }).from(user);
  const rows = await (username === undefined ? query.limit(1) : query.where(eq(user.username, username)));
  return rows.length > 0;
}
