import { eq } from 'drizzle-orm';
import { ADDRESS_HEADER } from '@/server/auth/address';
import { cookieLine, deviceCookieName, sessionCookieName } from '@/server/auth/cookies';
import { authLibrary, LIBRARY_ORIGIN, LIBRARY_PATH, readSession } from '@/server/auth/library';
import { clearAttempts, noteFailure, returnAttempt, takeAttempt } from '@/server/auth/lockout';
import type { Actor, Stores } from '@/server/context';
import { session, user } from '@/server/db/schema/auth';
import { recordAudit } from '@/server/services/audit/record';

export interface SignInRequest {
  username: string;
  password: string;
  /** The asker's address, as server/auth/address.ts found it. */
  address: string | null;
  userAgent?: string;
}

export type SignInResult =
  | { ok: true; setCookies: string[]; userId: string }
  | { ok: false; reason: 'wrong' | 'disabled' | 'busy' }
  | { ok: false; reason: 'locked'; untilMs: number };

type Account = typeof user.$inferSelect;

/**
 * Opens a session for a user name and a password. Five wrong passwords in a row lock the name for 15 minutes, whether
 * there is such an account or not; that an account is disabled learns only who knows its password.
 */
export async function signIn(stores: Stores, request: SignInRequest): Promise<SignInResult> {
  const username = request.username.trim().toLowerCase();
  const [found] = await stores.db.select().from(user).where(eq(user.username, username));
  const note = (action: string, details: Record<string, unknown> = {}) =>
    recordAudit(
      { ...stores, actor: auditActor(found) },
      {
        action,
        entity: 'user',
        entityId: found?.id,
        outcome: action === 'auth.sign_in' ? 'success' : 'failure',
        details,
        address: request.address,
      },
    );

  const attempt = await takeAttempt(stores, username);
  if (!attempt.allowed) {
    await note('auth.sign_in_locked', { until: new Date(attempt.untilMs).toISOString() });
    return { ok: false, reason: 'locked', untilMs: attempt.untilMs };
  }
  const answer = await askLibrary(stores, { ...request, username });
  if (answer.status === 429) {
    await returnAttempt(stores, username);
    await note('auth.sign_in_limited');
    return { ok: false, reason: 'busy' };
  }
  if (!answer.ok || !found) {
    if (answer.status >= 500) {
      await returnAttempt(stores, username);
      throw new Error(`the sign-in library answered ${answer.status}`);
    }
    const untilMs = await noteFailure(stores, username, attempt.number);
    await note('auth.sign_in_failed', untilMs ? { lockedUntil: new Date(untilMs).toISOString() } : {});
    return untilMs ? { ok: false, reason: 'locked', untilMs } : { ok: false, reason: 'wrong' };
  }
  await clearAttempts(stores, username);
  if (found.disabledAt) {
    await stores.db.delete(session).where(eq(session.userId, found.id));
    await note('auth.sign_in_disabled');
    return { ok: false, reason: 'disabled' };
  }
  await note('auth.sign_in');
  // A person who signs in on a wall's browser is that person, not the wall.
  const dropDevice = cookieLine(stores.network, deviceCookieName(stores.network), '', 0);
  return { ok: true, userId: found.id, setCookies: [...answer.headers.getSetCookie(), dropDevice] };
}

/** Ends the session of these cookies and returns the lines that remove them; does nothing twice. */
export async function signOut(
  stores: Stores,
  actor: Actor | null,
  headers: Headers,
  address: string | null = null,
): Promise<string[]> {
  const found = await readSession(stores, headers);
  if (found) {
    await stores.db.delete(session).where(eq(session.id, found.session.id));
    stores.bus.emit('revoked', { actorId: found.user.id });
  }
  if (actor)
    await recordAudit(
      { ...stores, actor, address },
      { action: 'auth.sign_out', entity: actor.kind, entityId: actor.id },
    );
  const { network } = stores;
  return [sessionCookieName(network), deviceCookieName(network)].map((name) =>
    cookieLine(network, name, '', 0),
  );
}

/** Its own endpoint, so that its limit an address, kept in the database, applies. */
async function askLibrary(stores: Stores, request: SignInRequest): Promise<Response> {
  const library = await authLibrary(stores);
  const headers = new Headers({ 'content-type': 'application/json', origin: LIBRARY_ORIGIN });
  if (request.address) headers.set(ADDRESS_HEADER, request.address);
  if (request.userAgent) headers.set('user-agent', request.userAgent);
  return library.handler(
    new Request(`${LIBRARY_ORIGIN}${LIBRARY_PATH}/sign-in/username`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ username: request.username, password: request.password }),
    }),
  );
}

/** An unknown name is not written down: people type passwords into the wrong field. */
function auditActor(found: Account | undefined): Actor {
  return {
    kind: 'user',
    id: found?.id ?? '',
    name: found?.name ?? '(未知用户名)',
    role: 'leader',
    scope: { regions: [], domains: [] },
  };
}
