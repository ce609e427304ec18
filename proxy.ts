import { type NextRequest, NextResponse } from 'next/server';

/** Pages that show themselves to people who have not signed in. */
const OPEN_PATHS = /^\/(sign-in|device)(\/|$)/;
const SIGN_IN_COOKIES = ['yiping.session_token', 'yiping.device'];

/**
 * Sends people without a sign-in to the form, and says what a page may load: nothing from elsewhere. A cookie's mere
 * presence is enough here; whether it is valid is checked where data are read.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  if (!OPEN_PATHS.test(pathname) && !hasSignInCookie(request)) {
    const target = new URL('/sign-in', request.nextUrl);
    if (pathname !== '/') target.searchParams.set('next', pathname + search);
    return NextResponse.redirect(target, 303);
  }
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64');
  const policy = contentPolicy(nonce);
  const headers = new Headers(request.headers);
  // The framework reads the nonce from here and puts it on its own scripts.
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

function hasSignInCookie(request: NextRequest): boolean {
  return SIGN_IN_COOKIES.some((name) => request.cookies.has(name) || request.cookies.has(`__Secure-${name}`));
}

function contentPolicy(nonce: string): string {
  // React's development build evaluates text to rebuild stack traces of the server.
  const evaluate = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : '';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluate}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Pages only: API routes answer for themselves, and a proxied upload would be cut at the proxy's body limit. */
export const config = {
  matcher: ['/((?!api/|_next/|favicon.ico|.*\\.(?:png|svg|ico|woff2|json|mjs|js|css|txt)$).*)'],
};
