'use client';

import { useSubscription } from '@trpc/tanstack-react-query';
import { useEffect, useRef, useState } from 'react';
import { useTRPC } from '@/components/trpc/client';
import type { LiveChange } from '@/server/services/observations/live-types';

/** Two and a half heartbeats without a word: the line is dead even if the browser has not noticed. */
const SILENCE_MS = 25_000;
const CHECK_MS = 1_000;

/** Follows the change stream; `lost` after silence or a failed connection. */
export function useLiveChanges(onChange: (change: LiveChange) => void): {
  lost: boolean;
  lastEventMs: number;
} {
  const trpc = useTRPC();
  const lastEventMs = useRef(0);
  const [lost, setLost] = useState(false);
  const subscription = useSubscription(
    trpc.live.changes.subscriptionOptions(undefined, {
      onData: ({ data }) => {
        lastEventMs.current = Date.now();
        setLost(false);
        onChange(data);
      },
    }),
  );
  const { status } = subscription;
  const downSinceMs = useRef<number | null>(null);
  useEffect(() => {
    downSinceMs.current = status === 'pending' ? null : Date.now();
  }, [status]);
  useEffect(() => {
    const timer = setInterval(() => {
      const now = Date.now();
      const down = downSinceMs.current !== null && now - downSinceMs.current > DOWN_GRACE_MS;
      const silent = lastEventMs.current > 0 && now - lastEventMs.current > SILENCE_MS;
      setLost(down || silent);
    }, CHECK_MS);
    return () => clearInterval(timer);
  }, []);
  return { lost, lastEventMs: lastEventMs.current };
}

/** A reconnect of a moment is nobody's concern. */
const DOWN_GRACE_MS = 3_000;
