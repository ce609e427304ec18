import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import type { Actor, Context, Stores } from '@/server/context';
import { type ErrorCode, isAppError } from '@/server/errors';

/** What a request brings: the stores of this process and who asks (null: not signed in). */
export interface ApiContext {
  stores: Stores;
  actor: Actor | null;
  /** Address of the asker, for audit and limits. */
  address: string | null;
}

const TRPC_CODES: Record<ErrorCode, TRPCError['code']> = {
  bad_input: 'BAD_REQUEST',
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  conflict: 'CONFLICT',
  too_large: 'PAYLOAD_TOO_LARGE',
  too_many: 'TOO_MANY_REQUESTS',
  busy: 'SERVICE_UNAVAILABLE',
  unavailable: 'SERVICE_UNAVAILABLE',
  internal: 'INTERNAL_SERVER_ERROR',
};

const t = initTRPC.context<ApiContext>().create({
  transformer: superjson,
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    // A cause that is ours may be shown; anything else stays in the log.
    message:
      isAppError(error.cause) || error.code !== 'INTERNAL_SERVER_ERROR' ? shape.message : '服务器内部错误',
    data: {
      ...shape.data,
      stack: undefined,
      appCode: isAppError(error.cause) ? error.cause.code : undefined,
      place: isAppError(error.cause) ? error.cause.place : undefined,
    },
  }),
});

export const router = t.router;
export const createCaller = t.createCallerFactory;

/** Needs a signed-in actor; the procedure gets a verb's context. */
export const procedure = t.procedure.use(async ({ ctx, next, path }) => {
  if (!ctx.actor) throw new TRPCError({ code: 'UNAUTHORIZED', message: '请先登录' });
  const context: Context = { ...ctx.stores, actor: ctx.actor };
  const result = await next({ ctx: context });
  if (!result.ok) {
    const cause = result.error.cause;
    if (isAppError(cause))
      throw new TRPCError({ code: TRPC_CODES[cause.code], message: cause.message, cause });
    if (result.error.code === 'INTERNAL_SERVER_ERROR')
      ctx.stores.log.error({ path, err: cause ?? result.error }, 'procedure failed');
  }
  return result;
});
