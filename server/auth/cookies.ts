import type { Network } from '@/server/context';

export const COOKIE_PREFIX = 'yiping';
const SECURE_PREFIX = '__Secure-';

/** Cookies are Secure exactly when people reach the cockpit by https. */
export function secureCookies(network: Network): boolean {
  return network.publicUrl?.startsWith('https://') ?? false;
}

/** Carries a signed-in person's session. */
export function sessionCookieName(network: Network): string {
  return `${secureCookies(network) ? SECURE_PREFIX : ''}${COOKIE_PREFIX}.session_token`;
}

/** Carries the secret of a wall's device link. */
export function deviceCookieName(network: Network): string {
  return `${secureCookies(network) ? SECURE_PREFIX : ''}${COOKIE_PREFIX}.device`;
}

export function readCookie(headers: Headers, name: string): string | undefined {
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return decodeCookie(part.slice(at + 1).trim());
  }
  return undefined;
}

/** A Set-Cookie line; `maxAgeS` 0 removes the cookie. */
export function cookieLine(network: Network, name: string, value: string, maxAgeS: number): string {
  const secure = secureCookies(network) ? '; Secure' : '';
  return `${name}=${encodeURIComponent(value)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeS}${secure}`;
}

function decodeCookie(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
