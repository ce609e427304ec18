import { assertCan } from '@/server/access/roles';
import { domainInScope } from '@/server/access/scope';
import type { Actor, Context } from '@/server/context';
import { currentDataVersion } from '@/server/observations/append';
import type { LiveChange } from '@/server/services/observations/live-types';

export const HEARTBEAT_MS = 10_000;

export interface ChangeStreamOptions {
  /** Ends the stream: the reader went away, or the process stops. */
  signal: AbortSignal;
  /** Who reads now; null or another actor ends the stream at the next heartbeat. */
  resolveAgain(): Promise<Actor | null>;
  heartbeatMs?: number;
}

/**
 * Follows the data: the current version at once, every change as it happens, and a heartbeat with the version, so
 * that a reader who missed something notices. Ends when the reader's session, token or link is revoked or expires.
 */
export async function* followChanges(
  ctx: Context,
  { signal, resolveAgain, heartbeatMs = HEARTBEAT_MS }: ChangeStreamOptions,
): AsyncGenerator<LiveChange, void> {
  assertCan(ctx.actor, 'screen:read');
  const inbox = openInbox(ctx, signal);
  try {
    yield { reason: 'connected', version: await currentDataVersion(ctx), metrics: null, datasets: [] };
    for (;;) {
      const happened = await inbox.wait(heartbeatMs);
      if (happened === 'closed') return;
      if (happened === 'revoked' || happened === 'quiet') {
        if (!sameActor(await resolveAgain(), ctx.actor)) return;
      }
      const { metrics, datasets } = inbox.take();
      const changed = metrics.length > 0 || datasets.length > 0;
      yield {
        reason: changed ? 'changed' : 'heartbeat',
        version: await currentDataVersion(ctx),
        metrics,
        datasets,
      };
    }
  } finally {
    inbox.close();
  }
}

/** Another role or scope is another reader: the stream must be opened again with it. */
function sameActor(now: Actor | null, then: Actor): boolean {
  return JSON.stringify(now) === JSON.stringify(then);
}

type Happened = 'changed' | 'revoked' | 'quiet' | 'closed';

/** Collects bus events until the reader takes them: a burst of appends becomes one event. */
function openInbox(ctx: Context, signal: AbortSignal) {
  const metrics = new Set<string>();
  const datasets = new Set<string>();
  let pending: Happened | undefined;
  let wake: ((happened: Happened) => void) | undefined;
  const notify = (happened: Happened) => {
    // A revocation must not be hidden by a change that follows it.
    if (pending !== 'revoked' && pending !== 'closed') pending = happened;
    wake?.(happened);
  };
  const visible = (code: string) => {
    const found = ctx.registry.find(code);
    return found !== undefined && domainInScope(ctx.actor.scope, found.definition.domain);
  };
  const off = [
    ctx.bus.on('observations', (event) => {
      for (const code of event.metrics.filter(visible)) metrics.add(code);
      notify('changed');
    }),
    ctx.bus.on('load', (event) => {
      datasets.add(event.dataset);
      notify('changed');
    }),
    ctx.bus.on('revoked', (event) => {
      if (event.actorId === ctx.actor.id) notify('revoked');
    }),
  ];
  const onAbort = () => notify('closed');
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) pending = 'closed';

  return {
    async wait(quietMs: number): Promise<Happened> {
      let timer: NodeJS.Timeout | undefined;
      if (!pending) {
        await new Promise<Happened>((resolve) => {
          wake = resolve;
          timer = setTimeout(() => resolve('quiet'), quietMs);
        });
      }
      clearTimeout(timer);
      wake = undefined;
      const happened = pending ?? 'quiet';
      pending = undefined;
      return happened;
    },
    take() {
      const taken = { metrics: [...metrics], datasets: [...datasets] };
      metrics.clear();
      datasets.clear();
      return taken;
    },
    close() {
      for (const stop of off) stop();
      signal.removeEventListener('abort', onAbort);
    },
  };
}
