import { procedure, router } from '@/server/api/trpc';
import { resetPassword, setUserDisabled, unlockUser, updateUser } from '@/server/services/users/change';
import { createUser } from '@/server/services/users/create';
import {
  createUserInput,
  resetPasswordInput,
  setDisabledInput,
  updateUserInput,
  userIdInput,
} from '@/server/services/users/inputs';
import { listUsers } from '@/server/services/users/list';
import { endUserSessions, listUserSessions } from '@/server/services/users/sessions';

export const usersRouter = router({
  list: procedure.query(({ ctx }) => listUsers(ctx)),
  create: procedure.input(createUserInput).mutation(({ ctx, input }) => createUser(ctx, input)),
  update: procedure.input(updateUserInput).mutation(({ ctx, input }) => updateUser(ctx, input)),
  setDisabled: procedure.input(setDisabledInput).mutation(({ ctx, input }) => setUserDisabled(ctx, input)),
  resetPassword: procedure.input(resetPasswordInput).mutation(({ ctx, input }) => resetPassword(ctx, input)),
  sessions: procedure.input(userIdInput).query(({ ctx, input }) => listUserSessions(ctx, input)),
  endSessions: procedure.input(userIdInput).mutation(({ ctx, input }) => endUserSessions(ctx, input)),
  unlock: procedure.input(userIdInput).mutation(({ ctx, input }) => unlockUser(ctx, input)),
});
