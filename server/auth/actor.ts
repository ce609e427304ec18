import { and, eq, isNull, lt, or } from 'drizzle-orm';
import { deviceCookieName, readCookie } from '@/server/auth/cookies';
import { readSession, SESSION_MAX_MS } from '@/server/auth/library';
import { hashSecret } from '@/server/auth/secret';
import { type Actor, ROLES, type Role, type Stores } from '@/server/context';
import { apiToken, deviceLink } from '@/server/db/schema/access';
import { session, user } from '@/server/db/schema/auth';

/** A session that nobody used this long is over. */
export const SESSION_IDLE_MS = 8 * 3_600_000;
/** "Last used" is written at most this often, not with every request. */
const TOUCH_EVERY_MS = 60_000;
export const TOKEN_PREFIX = 'yp_';

export interface ResolveOptions {
  /** false: asking is not using; an open stream alone does not keep a session from going idle. Default true. */
  touch?: boolean;
}

/**
 * Who asks: a bearer token, a session cookie or a wall's device cookie; null when none of them is valid. A request
 * that shows a token is judged by the token alone.
 */
export async function resolveActor(
  stores: Stores,
  headers: Headers,
  options: ResolveOptions = {},
): Promise<Actor | null> {
  const authorization = headers.get('authorization');
  if (authorization !== null) {
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    return token ? actorOfToken(stores, token) : null;
  }
  const person = await actorOfSession(stores, headers, options.touch ?? true);
  if (person) return person;
  const secret = readCookie(headers, deviceCookieName(stores.network));
  return secret ? actorOfDevice(stores, secret) : null;
}

/** True when the request is judged by a cookie, which a browser also sends for a foreign page. */
export function carriesCookieSignIn(headers: Headers): boolean {
  return headers.get('authorization') === null;
}

async function actorOfSession(stores: Stores, headers: Headers, touch: boolean): Promise<Actor | null> {
  if (!headers.has('cookie')) return null;
  const found = await readSession(stores, headers);
  if (!found) return null;
  const [row] = await stores.db
    .select({ session, user })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .where(eq(session.id, found.session.id));
  if (!row || row.user.disabledAt) return null;
  const now = stores.clock.nowMs();
  const idleMs = now - row.session.updatedAt.getTime();
  if (idleMs >= SESSION_IDLE_MS || now - row.session.createdAt.getTime() >= SESSION_MAX_MS) {
    await stores.db.delete(session).where(eq(session.id, row.session.id));
    return null;
  }
  if (touch && idleMs > TOUCH_EVERY_MS) {
    await stores.db
      .update(session)
      .set({ updatedAt: new Date(now) })
      .where(eq(session.id, row.session.id));
  }
  const { id, name, role, regions, domains } = row.user;
  return { kind: 'user', id, name, role: knownRole(role), scope: { regions, domains } };
}

async function actorOfToken(stores: Stores, token: string): Promise<Actor | null> {
  if (!token.startsWith(TOKEN_PREFIX)) return null;
  const [row] = await stores.db
    .select()
    .from(apiToken)
    .where(eq(apiToken.tokenHash, hashSecret(token)));
  if (!row || !isValid(row, stores)) return null;
  const before = new Date(stores.clock.nowMs() - TOUCH_EVERY_MS);
  await stores.db
    .update(apiToken)
    .set({ lastUsedAt: new Date(stores.clock.nowMs()) })
    .where(and(eq(apiToken.id, row.id), or(isNull(apiToken.lastUsedAt), lt(apiToken.lastUsedAt, before))));
  const scope = { regions: row.regions, domains: row.domains };
  return { kind: 'token', id: row.id, name: row.name, role: knownRole(row.role), scope };
}

async function actorOfDevice(stores: Stores, secret: string): Promise<Actor | null> {
  const [row] = await stores.db
    .select()
    .from(deviceLink)
    .where(eq(deviceLink.secretHash, hashSecret(secret)));
  if (!row || !isValid(row, stores)) return null;
  const before = new Date(stores.clock.nowMs() - TOUCH_EVERY_MS);
  await stores.db
    .update(deviceLink)
    .set({ lastSeenAt: new Date(stores.clock.nowMs()) })
    .where(
      and(eq(deviceLink.id, row.id), or(isNull(deviceLink.lastSeenAt), lt(deviceLink.lastSeenAt, before))),
    );
  const scope = { regions: row.regions, domains: row.domains };
  return { kind: 'device', id: row.id, name: row.name, role: 'leader', scope };
}

function isValid(row: { expiresAt: Date | null; revokedAt: Date | null }, stores: Stores): boolean {
  return !row.revokedAt && (!row.expiresAt || row.expiresAt.getTime() > stores.clock.nowMs());
}

function knownRole(text: string): Role {
  const role = ROLES.find((known) => known === text);
  if (!role) throw new Error(`role "${text}" in the database is unknown`);
  return role;
}
