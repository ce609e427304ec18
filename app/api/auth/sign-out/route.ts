import { answer } from '@/app/api/door';
import { signOut } from '@/server/auth/sign-in';

export const dynamic = 'force-dynamic';

export function POST(request: Request): Promise<Response> {
  return answer(request, async ({ stores, actor, address }) => {
    const headers = new Headers({ 'cache-control': 'no-store', location: '/sign-in' });
    for (const line of await signOut(stores, actor, request.headers, address))
      headers.append('set-cookie', line);
    return new Response(null, { status: 303, headers });
  });
}
