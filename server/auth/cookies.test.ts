import { describe, expect, it } from 'vitest';
import { cookieLine, deviceCookieName, readCookie, sessionCookieName } from '@/server/auth/cookies';
import { localPath } from '@/server/auth/local-path';
import { assertSameOrigin } from '@/server/auth/origin';

const plain = { trustedProxies: [] };
const https = { publicUrl: 'https://cockpit.example', trustedProxies: [] };

describe('cookies', () => {
  it('are Secure, with the prefix that browsers hold to it, exactly when people come by https', () => {
    expect(deviceCookieName(plain)).toBe('yiping.device');
    expect(sessionCookieName(https)).toBe('__Secure-yiping.session_token');
    expect(cookieLine(plain, 'a', 'b c', 60)).toBe('a=b%20c; Path=/; HttpOnly; SameSite=Lax; Max-Age=60');
    expect(cookieLine(https, 'a', '', 0)).toBe('a=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure');
  });

  it('are read by their whole name, and broken ones as absent', () => {
    const headers = new Headers({ cookie: 'xa=1; a=b%20c; bad=%E0%A4%A' });
    expect(readCookie(headers, 'a')).toBe('b c');
    expect(readCookie(headers, 'bad')).toBeUndefined();
    expect(readCookie(headers, 'c')).toBeUndefined();
  });
});

describe('where to go after sign-in', () => {
  it('is always a path of our own', () => {
    expect(localPath('/metric/gdp?freq=Q')).toBe('/metric/gdp?freq=Q');
    for (const foreign of [
      '',
      'x',
      '//evil.test',
      '/\\evil.test',
      'https://evil.test',
      '/.//evil.test',
      '/sign-in',
    ])
      expect(localPath(foreign)).toBe('/');
  });
});

describe('a change by cookie', () => {
  const check = (
    headers: Record<string, string>,
    network: Parameters<typeof assertSameOrigin>[1] = plain,
  ) => {
    try {
      assertSameOrigin(
        { method: 'POST', headers: new Headers({ host: '10.0.0.5:3000', ...headers }) },
        network,
      );
      return 'passed';
    } catch {
      return 'refused';
    }
  };

  it('passes from our own pages and with a token, and is refused from everywhere else', () => {
    expect(check({ 'sec-fetch-site': 'same-origin' })).toBe('passed');
    // No Sec-Fetch-Site on a plain http address of the local network: Origin decides.
    expect(check({ origin: 'http://10.0.0.5:3000' })).toBe('passed');
    expect(check({ origin: 'https://cockpit.example' }, https)).toBe('passed');
    expect(check({ authorization: 'Bearer yp_x', origin: 'https://evil.test' })).toBe('passed');
    for (const headers of [
      {},
      { origin: 'null' },
      { origin: 'http://10.0.0.5' },
      { 'sec-fetch-site': 'none' },
    ])
      expect(check(headers as Record<string, string>)).toBe('refused');
  });
});
