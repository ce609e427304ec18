import { errorResponse } from '@/server/api/http';
import type { ApiContext } from '@/server/api/trpc';
import { type App, getApp } from '@/server/app';
import { resolveActor } from '@/server/auth/actor';
import { clientAddress } from '@/server/auth/address';
import { assertSameOrigin } from '@/server/auth/origin';
import type { Context } from '@/server/context';
import { AppError } from '@/server/errors';

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

/** Answers with JSON errors whatever goes wrong; nobody needs to be signed in. */
export async function answer(
  request: Request,
  work: (door: ApiContext) => Promise<Response>,
): Promise<Response> {
  const { stores } = (await getApp()).runtime;
  try {
    assertSameOrigin(request, stores.network);
    return await work(await openDoor(request.headers));
  } catch (error) {
    return errorResponse(error, stores.log);
  }
}

/** The door of a REST route: needs a token or a session, and gives the verb's context. */
export function answerSignedIn(
  request: Request,
  work: (ctx: Context) => Promise<Response>,
): Promise<Response> {
  return answer(request, ({ stores, actor, address }) => {
    if (!actor) throw new AppError('unauthenticated', '请先登录,或在 Authorization 头中给出有效令牌');
    return work({ ...stores, actor, address });
  });
}
