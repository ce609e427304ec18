import { carriesCookieSignIn } from '@/server/auth/actor';
import type { Network } from '@/server/context';
import { AppError } from '@/server/errors';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a change that another site makes a browser send with our cookie. A request with a bearer token is not the
 * browser's own doing and passes.
 * @throws AppError `forbidden`.
 */
export function assertSameOrigin(request: Pick<Request, 'method' | 'headers'>, network: Network): void {
  if (SAFE_METHODS.has(request.method) || !carriesCookieSignIn(request.headers)) return;
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  // Browsers send Sec-Fetch-Site only to trustworthy addresses, and Origin always with a change.
  const same = site === null ? origin !== null && isOwn(origin, request, network) : site === 'same-origin';
  if (!same) throw new AppError('forbidden', '请求来自其他站点,已拒绝', { place: 'Origin' });
}

function isOwn(origin: string, request: Pick<Request, 'headers'>, network: Network): boolean {
  if (network.publicUrl && origin === new URL(network.publicUrl).origin) return true;
  if (!URL.canParse(origin)) return false;
  return new URL(origin).host === request.headers.get('host');
}
