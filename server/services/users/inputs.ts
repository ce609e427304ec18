import { z } from 'zod';
import { domainsSchema, regionsSchema, roleSchema } from '@/server/access/grant';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, USERNAME_PATTERN } from '@/server/auth/library';

const displayName = z.string().trim().min(1, '姓名不能为空').max(64, '姓名最多 64 字');
const password = z
  .string()
  .min(MIN_PASSWORD_LENGTH, `密码至少 ${MIN_PASSWORD_LENGTH} 位`)
  .max(MAX_PASSWORD_LENGTH, `密码最多 ${MAX_PASSWORD_LENGTH} 位`);

export const createUserInput = z.object({
  username: z
    .string()
    .trim()
    .toLowerCase()
    .regex(USERNAME_PATTERN, '用户名为 3–32 位小写字母、数字、点、横线或下划线,以字母开头'),
  name: displayName,
  role: roleSchema,
  regions: regionsSchema,
  domains: domainsSchema.default(null),
  /** Without one a password is generated and given back once. */
  password: password.optional(),
});
export type CreateUserInput = z.input<typeof createUserInput>;

export const updateUserInput = z.object({
  id: z.string().min(1),
  name: displayName.optional(),
  role: roleSchema.optional(),
  regions: regionsSchema.optional(),
  domains: domainsSchema.optional(),
});
export type UpdateUserInput = z.input<typeof updateUserInput>;

export const userIdInput = z.object({ id: z.string().min(1) });
export const setDisabledInput = userIdInput.extend({ disabled: z.boolean() });

/** By id, or by name for the command line. */
export const resetPasswordInput = z
  .object({
    id: z.string().min(1).optional(),
    username: z.string().min(1).optional(),
    password: password.optional(),
  })
  .refine((input) => input.id !== undefined || input.username !== undefined, { error: '请给出用户' });
export type ResetPasswordInput = z.input<typeof resetPasswordInput>;
