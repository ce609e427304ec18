import 'server-only';
import { dehydrate, type FetchQueryOptions, type QueryKey } from '@tanstack/react-query';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { openDoor } from '@/app/api/door';
import { createQueryClient } from '@/components/trpc/query-client';
import { appRouter } from '@/server/api/root';
import type { Actor } from '@/server/context';
import { messageOf } from '@/server/redacted';

const requestContext = cache(async () => {
  const asked = await headers();
  // Next prints what a page throws, and a failed query names its parameters: the token of the session.
  return openDoor(asked).catch((error) => {
    throw new Error(messageOf(error));
  });
});
const requestQueryClient = cache(createQueryClient);

/** Query options for a server component: `await prefetch(trpc.session.me.queryOptions())`. Calls in process. */
export const trpc = createTRPCOptionsProxy({
  ctx: requestContext,
  router: appRouter,
  queryClient: requestQueryClient,
});

/** Who asks for this page; without a sign-in the browser is sent to sign in. Every page calls it. */
export async function requireActor(): Promise<Actor> {
  const { actor } = await requestContext();
  if (!actor) redirect('/sign-in');
  return actor;
}

/** Fetches into this request's cache; a failure is left to the panel that shows it. */
export async function prefetch<Data, Failure, Result, Key extends QueryKey>(
  options: FetchQueryOptions<Data, Failure, Result, Key>,
): Promise<void> {
  await requestQueryClient().prefetchQuery(options);
}

/** What was fetched, for `<HydrationBoundary state={await dehydrated()}>` around the client components. */
export function dehydrated() {
  return dehydrate(requestQueryClient());
}
