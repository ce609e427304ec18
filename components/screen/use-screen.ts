'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTRPC } from '@/components/trpc/client';
import { useLive } from '@/components/trpc/live';
import type { RegionCode } from '@/metrics/model/cell';
import type { LiveChange } from '@/server/services/observations/live-types';

/** "Now" moves on without new data: ages and lateness are judged again this often. */
const REFRESH_MS = 60_000;
const RETRY_MAX_MS = 10_000;
/** A reconnect of a moment is nobody's concern. */
const LOST_AFTER_MS = 4_000;
/** The picture came with the page; the first word of the stream may take longer. */
const FIRST_CONTACT_MS = 20_000;

interface Input {
  screen: string;
  region?: RegionCode | undefined;
  asOfMs?: number | undefined;
}

/**
 * One screen, kept current: an event with a newer version fetches the next complete picture while the last one stays.
 * `lostSinceMs` is the instant the last picture was known to be current when the connection is gone, else null.
 */
export function useScreen({ screen, region, asOfMs }: Input) {
  const trpc = useTRPC();
  const pinned = asOfMs !== undefined;
  const query = useQuery(
    trpc.screens.read.queryOptions(
      { screen, ...(region !== undefined && { region }), ...(pinned && { asOfMs }) },
      {
        placeholderData: keepPreviousData,
        staleTime: 1000,
        gcTime: Number.POSITIVE_INFINITY,
        refetchInterval: pinned ? false : REFRESH_MS,
        refetchIntervalInBackground: true,
        refetchOnWindowFocus: true,
        networkMode: 'always',
        // What the address names wrongly stays wrong; everything else comes back by itself.
        retry: (_, error) => !isFinal(error),
        retryDelay: (attempt) => Math.min(500 * 2 ** attempt, RETRY_MAX_MS),
      },
    ),
  );
  const { data, refetch, isFetching, failureCount, dataUpdatedAt } = query;

  // What the server last said; a fetch under way is let finish, then asked again when it came too early.
  const [wanted, setWanted] = useState({ version: 0, tick: 0 });
  const done = useRef(0);
  const onChange = useCallback((change: LiveChange) => {
    const loads = change.datasets.length > 0 ? 1 : 0;
    setWanted((last) =>
      change.version === last.version && loads === 0
        ? last
        : { version: change.version, tick: last.tick + loads },
    );
  }, []);
  const live = useLive(onChange);
  const lost = useLasting(
    live.state !== 'live',
    live.lastEventAtMs === null ? FIRST_CONTACT_MS : LOST_AFTER_MS,
  );
  const version = data?.version ?? 0;
  const refused = !data && query.error !== null && isFinal(query.error);
  useEffect(() => {
    if (pinned || refused || isFetching || wanted.version === 0) return;
    if (version >= wanted.version && done.current >= wanted.tick) return;
    done.current = wanted.tick;
    void refetch({ cancelRefetch: false });
  }, [pinned, refused, isFetching, wanted, version, refetch]);

  const knownMs = Math.max(dataUpdatedAt, live.lastEventAtMs ?? 0);
  return {
    snapshot: data,
    changing: query.isPlaceholderData,
    error: data ? null : query.error,
    refused,
    lostSinceMs: data && (lost || failureCount > 0) ? knownMs : null,
  };
}

/** The server understood and said no: asking again would change nothing. */
function isFinal(error: { data?: { code?: string } | null | undefined }): boolean {
  return ['NOT_FOUND', 'BAD_REQUEST', 'FORBIDDEN'].includes(error.data?.code ?? '');
}

/** True once a condition has held for a while; false as soon as it ends. */
function useLasting(condition: boolean, forMs: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!condition) {
      setLasting(false);
      return;
    }
    const timer = setTimeout(() => setLasting(true), forMs);
    return () => clearTimeout(timer);
  }, [condition, forMs]);
  return lasting;
}
