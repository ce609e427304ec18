import { z } from 'zod';
import { command } from '@/server/commands/command';
import { accountByUsername } from '@/server/services/users/accounts';
import { resetPassword, setUserDisabled, unlockUser } from '@/server/services/users/change';
import { createUser } from '@/server/services/users/create';
import { createUserInput } from '@/server/services/users/inputs';
import { listUsers } from '@/server/services/users/list';

const named = z.object({ username: z.string().min(1) });

export const usersCreate = command({ input: createUserInput, run: (io, input) => createUser(io.ctx, input) });

export const usersList = command({
  input: z.object({}),
  run: async (io) =>
    (await listUsers(io.ctx)).map((row) => ({
      username: row.username,
      name: row.name,
      role: row.role,
      regions: row.regions,
      state: row.disabledAt ? 'disabled' : row.lockedUntil ? 'locked' : 'active',
    })),
});

export const usersReset = command({
  input: named,
  run: (io, { username }) => resetPassword(io.ctx, { username }),
});

export const usersDisable = command({
  input: named.extend({ disabled: z.boolean() }),
  run: async (io, { username, disabled }) => {
    const { id } = await accountByUsername(io.ctx.db, username);
    await setUserDisabled(io.ctx, { id, disabled });
    return { username };
  },
});

export const usersUnlock = command({
  input: named,
  run: async (io, { username }) => {
    const { id } = await accountByUsername(io.ctx.db, username);
    await unlockUser(io.ctx, { id });
    return { username };
  },
});
