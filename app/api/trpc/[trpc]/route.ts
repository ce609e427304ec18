import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { answer } from '@/app/api/door';
import { appRouter } from '@/server/api/root';

export const dynamic = 'force-dynamic';

function handler(request: Request): Promise<Response> {
  return answer(request, (context) =>
    fetchRequestHandler({
      endpoint: '/api/trpc',
      req: request,
      router: appRouter,
      createContext: () => context,
      // A stream says for itself how it may be passed on.
      responseMeta: ({ type }) =>
        type === 'subscription' ? {} : { headers: new Headers({ 'cache-control': 'private, no-store' }) },
    }),
  );
}

export { handler as GET, handler as POST };
