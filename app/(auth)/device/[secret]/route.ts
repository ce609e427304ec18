import { openDoor } from '@/app/api/door';
import { cookieLine, deviceCookieName } from '@/server/auth/cookies';
import { enterDevice } from '@/server/services/devices/devices';

export const dynamic = 'force-dynamic';

/** Opening the link is the wall's whole sign-in: it keeps the secret in a cookie and shows the front page. */
export async function GET(request: Request, { params }: { params: Promise<{ secret: string }> }) {
  const { stores, address } = await openDoor(request.headers);
  const { secret } = await params;
  const entered = await enterDevice(stores, secret, address);
  const headers = new Headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  headers.set('location', entered ? '/' : '/sign-in?reason=device');
  if (entered) {
    const name = deviceCookieName(stores.network);
    headers.append('set-cookie', cookieLine(stores.network, name, secret, entered.maxAgeS));
  }
  return new Response(null, { status: 303, headers });
}
