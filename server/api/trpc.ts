import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import { ZodError } from 'zod';
import { speakChinese } from '@/server/api/zod-locale';
import type { Actor, Context, Stores } from '@/server/context';
import { type ErrorCode, isAppError } from '@/server/errors';
import { isPlainText } from '@/server/plain-text';

speakChinese();

/** What a request brings: the stores of this process and who asks (null: not signed in). */
export interface ApiContext {
  stores: Stores;
  actor: Actor | null;
  /** Address of the asker, for audit and limits. */
  address: string | null;
  /** Fires when this process is about to stop: open streams must end. */
  closing: AbortSignal;
  /** Who asks now: an open stream outlives the session or link that opened it. */
  resolveAgain(): Promise<Actor | null>;
}

const TRPC_CODES: Record<ErrorCode, TRPCError['code']> = {
  bad_input: 'BAD_REQUEST',
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  method_not_allowed: 'METHOD_NOT_SUPPORTED',
  conflict: 'CONFLICT',
  too_large: 'PAYLOAD_TOO_LARGE',
  too_many: 'TOO_MANY_REQUESTS',
  busy: 'SERVICE_UNAVAILABLE',
  unavailable: 'SERVICE_UNAVAILABLE',
  internal: 'INTERNAL_SERVER_ERROR',
};

const INTERNAL = '服务器内部错误';

const t = initTRPC.context<ApiContext>().create({
  transformer: superjson,
  sse: {
    ping: { enabled: true, intervalMs: 10_000 },
    // A connection that a switch or proxy dropped without a word is noticed by its silence.
    client: { reconnectAfterInactivityMs: 25_000 },
  },
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    message: shownMessage(error),
    data: {
      ...shape.data,
      stack: undefined,
      appCode: isAppError(error.cause) ? error.cause.code : undefined,
      place: placeOf(error),
    },
  }),
});

/** A cause that is ours may be shown; anything else stays in the log. */
function shownMessage(error: TRPCError): string {
  if (error.cause instanceof ZodError) return error.cause.issues[0]?.message ?? '参数有误';
  if (isAppError(error.cause) || error.code !== 'INTERNAL_SERVER_ERROR') return error.message;
  return INTERNAL;
}

function placeOf(error: TRPCError): string | undefined {
  if (error.cause instanceof ZodError) return error.cause.issues[0]?.path.join('.') || undefined;
  return isAppError(error.cause) ? error.cause.place : undefined;
}

export const router = t.router;

/** Needs a signed-in actor; the procedure gets a verb's context. */
export const procedure = t.procedure.use(async ({ ctx, next, path, getRawInput }) => {
  if (!ctx.actor) throw new TRPCError({ code: 'UNAUTHORIZED', message: '请先登录' });
  if (!isPlainText(await getRawInput()))
    throw new TRPCError({ code: 'BAD_REQUEST', message: '参数含有空字符或残缺的字符' });
  const context: Context = { ...ctx.stores, actor: ctx.actor, address: ctx.address };
  const result = await next({ ctx: context });
  if (!result.ok) {
    const cause = result.error.cause;
    if (isAppError(cause))
      throw new TRPCError({ code: TRPC_CODES[cause.code], message: cause.message, cause });
    if (result.error.code === 'INTERNAL_SERVER_ERROR') {
      ctx.stores.log.error({ path, err: cause ?? result.error }, 'procedure failed');
      // Whoever renders a page prints what it catches, with the parameters of a failed statement.
      throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: INTERNAL });
    }
  }
  return result;
});
