import { QueryClient } from '@tanstack/react-query';
import { TRPCClientError } from '@trpc/client';
import superjson from 'superjson';

/** A read is fresh this long; live events invalidate sooner. */
const STALE_MS = 30_000;
const RETRIES = 3;

/** Server and browser build it alike, so that what the server fetched is fresh in the browser. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        // Walls are left alone for days: a read that failed is tried again, the last good data stay.
        // On the server nobody waits for that: the browser asks again.
        retry: (count, error) => typeof window !== 'undefined' && count < RETRIES && !isRefusal(error),
      },
      // What is settled alone: pages wait for their reads. A layout that handed on its page's pending one would have a
      // refusal logged as an error of the server.
      dehydrate: { serializeData: superjson.serialize },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });
}

/** Refused for what was asked (4xx): asking again gives the same answer. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof TRPCClientError)) return false;
  const status: unknown = error.data?.httpStatus;
  return typeof status === 'number' && status >= 400 && status < 500;
}
