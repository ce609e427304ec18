import type { LiveChange } from '@/server/services/observations/live-types';

export type LiveState = 'live' | 'reconnecting' | 'down';

/** What the tab with the stream tells the others. */
export type LiveMessage = { kind: 'change'; change: LiveChange } | { kind: 'state'; state: LiveState };

/** A tab that just opened asks where things stand, instead of waiting for the next heartbeat. */
type ChannelMessage = LiveMessage | { kind: 'hello' };

const NAME = 'yiping-live';
/** The elected tab is heard at least every heartbeat (10 s); silence this long means that it is stuck. */
const SILENCE_MS = 35_000;

/** Opens the stream, tells what comes, and returns how to close it. */
export type OpenStream = (tell: (message: LiveMessage) => void) => () => void;

/**
 * One stream a browser: over HTTP/1.1 a browser has six connections to a host, and a stream takes one for good. An
 * elected tab (Web Locks) holds the stream and passes everything on; when it closes, the next one takes over. Where
 * the page is no secure context there are no locks: each visible tab then has its own stream, a hidden one none.
 */
export function shareStream(open: OpenStream, hear: (message: LiveMessage) => void): () => void {
  const locks: LockManager | undefined = navigator.locks;
  return locks && 'BroadcastChannel' in window ? electTab(locks, open, hear) : streamWhileVisible(open, hear);
}

function electTab(locks: LockManager, open: OpenStream, hear: (message: LiveMessage) => void): () => void {
  const channel = new BroadcastChannel(NAME);
  let stopped = false;
  let heardAtMs = Date.now();
  let leave: (() => void) | undefined;
  let newest: LiveChange | undefined;
  const queued = new AbortController();

  const lead = () =>
    new Promise<void>((resolve) => {
      // The lock may still be granted after a request for it was given up.
      if (stopped) return resolve();
      const close = open((message) => {
        heardAtMs = Date.now();
        newest = message.kind === 'change' ? message.change : undefined;
        channel.postMessage(message);
        hear(message);
      });
      leave = () => {
        leave = undefined;
        close();
        resolve();
      };
    });
  const queue = () => {
    locks.request(NAME, { signal: queued.signal }, lead).catch(() => {
      // Stopped, or another tab took the stream from this one because it was not heard: wait in line again.
      leave?.();
      if (!stopped) queue();
    });
  };
  queue();

  channel.onmessage = ({ data }: MessageEvent<ChannelMessage>) => {
    if (data.kind !== 'hello') {
      heardAtMs = Date.now();
      hear(data);
    } else if (leave && newest) {
      const change: LiveChange = { ...newest, reason: 'heartbeat', metrics: [], datasets: [] };
      channel.postMessage({ kind: 'change', change });
    }
  };
  channel.postMessage({ kind: 'hello' });
  const watch = setInterval(() => {
    if (leave || document.visibilityState !== 'visible' || Date.now() - heardAtMs < SILENCE_MS) return;
    heardAtMs = Date.now();
    hear({ kind: 'state', state: 'reconnecting' });
    locks.request(NAME, { steal: true }, lead).catch(() => leave?.());
  }, 5_000);

  return () => {
    stopped = true;
    clearInterval(watch);
    queued.abort();
    leave?.();
    channel.close();
  };
}

function streamWhileVisible(open: OpenStream, hear: (message: LiveMessage) => void): () => void {
  let close: (() => void) | undefined;
  const follow = () => {
    if (document.visibilityState === 'visible') close ??= open(hear);
    else {
      close?.();
      close = undefined;
    }
  };
  document.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    document.removeEventListener('visibilitychange', follow);
    close?.();
  };
}
