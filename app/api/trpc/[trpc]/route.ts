import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { openDoor } from '@/app/api/door';
import { errorResponse } from '@/server/api/http';
import { appRouter } from '@/server/api/root';
import { assertSameOrigin } from '@/server/auth/origin';

export const dynamic = 'force-dynamic';

async function handler(request: Request): Promise<Response> {
  const context = await openDoor(request.headers);
  try {
    assertSameOrigin(request, context.stores.network);
  } catch (error) {
    return errorResponse(error, context.stores.log);
  }
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: () => context,
    // A stream says for itself how it may be passed on.
    responseMeta: ({ type }) =>
      type === 'subscription' ? {} : { headers: new Headers({ 'cache-control': 'private, no-store' }) },
  });
}

export { handler as GET, handler as POST };
