import type { ApiContext } from '@/server/api/trpc';
import { type App, getApp } from '@/server/app';
import { resolveActor } from '@/server/auth/actor';
import { clientAddress } from '@/server/auth/address';

const closingOf = new WeakMap<App, AbortController>();

/** Fires before the stores close, so that open streams do not hold the process. */
function closingSignal(app: App): AbortSignal {
  let controller = closingOf.get(app);
  if (!controller) {
    const created = new AbortController();
    controller = created;
    closingOf.set(app, created);
    app.runtime.onClose('live streams', () => created.abort());
  }
  return controller.signal;
}

/** What every door needs of a request: the stores, who asks and from where. */
export async function openDoor(headers: Headers): Promise<ApiContext> {
  const app = await getApp();
  const { stores } = app.runtime;
  return {
    stores,
    actor: await resolveActor(stores, headers),
    address: clientAddress(headers, stores.network),
    closing: closingSignal(app),
    resolveAgain: () => resolveActor(stores, headers, { touch: false }),
  };
}
