import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { username } from 'better-auth/plugins/username';
import { ADDRESS_HEADER } from '@/server/auth/address';
import { COOKIE_PREFIX, secureCookies } from '@/server/auth/cookies';
import { authSecret } from '@/server/auth/secret';
import type { Stores } from '@/server/context';
import { account, rateLimit, session, user, verification } from '@/server/db/schema/auth';
import { AppError } from '@/server/errors';

export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 128;
export const USERNAME_PATTERN = /^[a-z][a-z0-9._-]{2,31}$/;
/** A session ends this long after sign-in, however busy. */
export const SESSION_MAX_MS = 7 * 24 * 3_600_000;
/** Sign-ins from one address within a minute; an office behind one address has this many people at most. */
const SIGN_INS_PER_MINUTE = 30;
/** The library is never reached from outside; its requests are made by server/auth/sign-in.ts. */
export const LIBRARY_ORIGIN = 'http://sign-in.internal';
export const LIBRARY_PATH = '/api/auth';

async function build(stores: Stores) {
  const secret = await authSecret(stores);
  return betterAuth({
    appName: 'yiping',
    baseURL: LIBRARY_ORIGIN,
    basePath: LIBRARY_PATH,
    secret,
    database: drizzleAdapter(stores.db, {
      provider: 'pg',
      schema: { user, session, account, verification, rateLimit },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
    },
    // Ours to write; the library only has to know that they are there.
    user: {
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        regions: { type: 'number[]', required: true, input: false },
      },
    },
    session: { expiresIn: SESSION_MAX_MS / 1000, disableSessionRefresh: true },
    rateLimit: {
      enabled: true,
      storage: 'database',
      customRules: { '/sign-in/username': { window: 60, max: SIGN_INS_PER_MINUTE } },
    },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: secureCookies(stores.network),
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    // Idle time is counted by our clock (see actor.ts), so it must also begin by it.
    databaseHooks: {
      session: {
        create: {
          before: async (data) => {
            const now = new Date(stores.clock.nowMs());
            return { data: { ...data, createdAt: now, updatedAt: now } };
          },
        },
      },
    },
    plugins: [
      username({
        minUsernameLength: 3,
        maxUsernameLength: 32,
        usernameValidator: (name) => USERNAME_PATTERN.test(name.toLowerCase()),
      }),
    ],
    logger: { disabled: true },
    telemetry: { enabled: false },
  });
}

export type AuthLibrary = Awaited<ReturnType<typeof build>>;

const built = new WeakMap<Stores['db'], Promise<AuthLibrary>>();

/** The sign-in library over these stores, built at first use. */
export function authLibrary(stores: Stores): Promise<AuthLibrary> {
  let library = built.get(stores.db);
  if (!library) {
    library = build(stores);
    library.catch(() => built.delete(stores.db));
    built.set(stores.db, library);
  }
  return library;
}

/**
 * The session of a request's cookie; null without a valid one.
 * @throws AppError `unavailable` when it cannot be read. The cause is left out: it names the session's token.
 */
export async function readSession(stores: Stores, headers: Headers) {
  const library = await authLibrary(stores);
  try {
    return await library.api.getSession({ headers, query: { disableRefresh: true } });
  } catch (error) {
    stores.log.error({ err: error }, 'a session cannot be read');
    throw new AppError('unavailable', 'sessions cannot be read: the database does not answer');
  }
}

/** The library's own hash (scrypt), for accounts that an administrator makes. */
export async function hashPassword(stores: Stores, password: string): Promise<string> {
  const library = await authLibrary(stores);
  return (await library.$context).password.hash(password);
}
