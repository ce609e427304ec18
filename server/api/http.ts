import { ZodError } from 'zod';
import { type ErrorCode, isAppError } from '@/server/errors';
import type { Log } from '@/server/log';

/** The one mapping of error codes to HTTP. */
const STATUS: Record<ErrorCode, number> = {
  bad_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  too_many: 429,
  busy: 503,
  unavailable: 503,
  internal: 500,
};

export interface ErrorBody {
  error: { code: ErrorCode; message: string; place?: string };
}

/** An error as its asker may see it; what is not ours goes to the log and is answered without detail. */
export function errorResponse(error: unknown, log: Log): Response {
  const body = errorBody(error);
  if (body.error.code === 'internal') log.error({ err: error }, 'request failed');
  const status = STATUS[body.error.code];
  const headers = new Headers({ 'cache-control': 'no-store' });
  if (status === 401) headers.set('www-authenticate', 'Bearer');
  return Response.json(body, { status, headers });
}

function errorBody(error: unknown): ErrorBody {
  if (isAppError(error) && error.code !== 'internal')
    return { error: { code: error.code, message: error.message, place: error.place } };
  if (error instanceof ZodError) {
    const issue = error.issues[0];
    const place = issue?.path.join('.') || undefined;
    return { error: { code: 'bad_input', message: issue?.message ?? '参数有误', place } };
  }
  return { error: { code: 'internal', message: '服务器内部错误' } };
}
