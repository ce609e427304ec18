'use client';

import type { TRPCClient } from '@trpc/client';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useTRPCClient } from '@/components/trpc/client';
import { type LiveMessage, type LiveState, shareStream } from '@/components/trpc/live-channel';
import type { AppRouter } from '@/server/api/root';
import type { LiveChange } from '@/server/services/observations/live-types';

/** After this long without the server the picture must say that it is old. */
const DOWN_AFTER_MS = 30_000;
const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000];

export interface LiveStatus {
  state: LiveState;
  /** When the server was last heard, by this browser's clock; null before the first time. */
  lastEventAtMs: number | null;
}

type Client = TRPCClient<AppRouter>;

const listeners = new Set<(change: LiveChange) => void>();
const watchers = new Set<() => void>();
const INITIAL: LiveStatus = { state: 'reconnecting', lastEventAtMs: null };
let status = INITIAL;
let stop: (() => void) | undefined;
let users = 0;
let downTimer: ReturnType<typeof setTimeout> | undefined;

/**
 * Calls `onEvent` for every change of the data, and says whether the server is there. The first event after a
 * connection has `metrics: null`: anything may have changed meanwhile, so read again.
 */
export function useLive(onEvent: (change: LiveChange) => void): LiveStatus {
  const client = useTRPCClient();
  const latest = useRef(onEvent);
  useEffect(() => {
    latest.current = onEvent;
  });
  useEffect(() => {
    const listener = (change: LiveChange) => latest.current(change);
    listeners.add(listener);
    users += 1;
    stop ??= shareStream((tell) => openStream(client, tell), hear);
    armDown();
    return () => {
      listeners.delete(listener);
      users -= 1;
      if (users > 0) return;
      stop?.();
      stop = undefined;
      clearTimeout(downTimer);
    };
  }, [client]);
  return useSyncExternalStore(
    watch,
    () => status,
    () => INITIAL,
  );
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function show(next: LiveStatus): void {
  status = next;
  for (const watcher of watchers) watcher();
}

function hear(message: LiveMessage): void {
  if (message.kind === 'change') {
    show({ state: 'live', lastEventAtMs: Date.now() });
    armDown();
    for (const listener of listeners) listener(message.change);
  } else if (
    message.state !== status.state &&
    !(status.state === 'down' && message.state === 'reconnecting')
  ) {
    show({ ...status, state: message.state });
  }
}

/** Down is what silence says, whoever holds the stream. */
function armDown(): void {
  clearTimeout(downTimer);
  downTimer = setTimeout(() => show({ ...status, state: 'down' }), DOWN_AFTER_MS);
}

/** The subscription, opened again whenever it ends: walls are left alone for months. */
function openStream(client: Client, tell: (message: LiveMessage) => void): () => void {
  let closed = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let subscription: { unsubscribe(): void } | undefined;

  const again = () => {
    if (closed) return;
    subscription?.unsubscribe();
    tell({ kind: 'state', state: 'reconnecting' });
    clearTimeout(timer);
    timer = setTimeout(connect, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
    failures += 1;
    // A stream that is refused does not say why; an ordinary question does.
    void leaveIfSignedOut(client);
  };
  const connect = () => {
    subscription = client.live.changes.subscribe(undefined, {
      onData: ({ data }) => {
        failures = 0;
        tell({ kind: 'change', change: data });
      },
      onConnectionStateChange: ({ state }) => {
        if (state === 'connecting' && !closed) tell({ kind: 'state', state: 'reconnecting' });
      },
      onError: again,
      onComplete: again,
    });
  };
  connect();
  return () => {
    closed = true;
    clearTimeout(timer);
    subscription?.unsubscribe();
  };
}

/** A wall whose link was revoked must not go on showing data; a server that is away is no reason to leave. */
async function leaveIfSignedOut(client: Client): Promise<void> {
  try {
    await client.session.me.query();
  } catch (error) {
    const data = error instanceof Error && 'data' in error ? error.data : undefined;
    const code = typeof data === 'object' && data !== null && 'code' in data ? data.code : undefined;
    if (code === 'UNAUTHORIZED') window.location.assign('/sign-in?reason=ended');
  }
}
