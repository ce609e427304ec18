import { PROVINCE_CODE } from '@/metrics/regions/tree';
import { roleTitle } from '@/server/access/roles';
import { generatePassword } from '@/server/auth/secret';
import { ROLES, type Role, type Stores, systemActor } from '@/server/context';
import type { Env } from '@/server/env';
import { createUser, hasUsers } from '@/server/services/users/create';

/** How to sign in with an account that was just made; shown once and kept nowhere. */
export interface Credential {
  username: string;
  role: Role;
  roleTitle: string;
  /** null: the operator chose it (ADMIN_PASSWORD). */
  password: string | null;
}

const ADMIN = 'admin';

/** Makes the first administrator when there is no account at all; null when there is one already. */
export async function ensureFirstAdmin(
  stores: Stores,
  env: Pick<Env, 'adminPassword'>,
): Promise<Credential | null> {
  if (await hasUsers(stores)) return null;
  const password = await makeAccount(stores, ADMIN, ADMIN, env.adminPassword);
  return password === undefined ? null : credential(ADMIN, ADMIN, password);
}

/** One account a role for trying the product out; gives only those that were made now. */
export async function ensureDemoAccounts(stores: Stores): Promise<Credential[]> {
  const made: Credential[] = [];
  for (const role of ROLES) {
    const password = await makeAccount(stores, role, role);
    if (password !== undefined) made.push(credential(role, role, password));
  }
  return made;
}

/** For the terminal of the first start. Never through the log, which is kept. */
export function printCredentials(credentials: readonly Credential[], print = console.log): void {
  if (credentials.length === 0) return;
  print('\n账号(仅显示这一次,请妥善保存;忘记后用 npm run users -- reset <用户名> 重置):');
  for (const { username, roleTitle: title, password } of credentials)
    print(`  ${username.padEnd(10)} ${password ?? '(ADMIN_PASSWORD 所设的密码)'}  ${title}`);
  print('');
}

/** undefined when the account exists already; null when the given password was used. */
async function makeAccount(
  stores: Stores,
  username: string,
  role: Role,
  password?: string,
): Promise<string | null | undefined> {
  if (await hasUsers(stores, username)) return undefined;
  const ctx = { ...stores, actor: systemActor('first start') };
  const generated = password === undefined ? generatePassword() : null;
  try {
    await createUser(ctx, {
      username,
      name: roleTitle(role),
      role,
      regions: [PROVINCE_CODE],
      password: password ?? generated ?? undefined,
    });
  } catch (error) {
    // Another process on the same database was first.
    if (await hasUsers(stores, username)) return undefined;
    throw error;
  }
  return generated;
}

function credential(username: string, role: Role, password: string | null): Credential {
  return { username, role, roleTitle: roleTitle(role), password };
}
