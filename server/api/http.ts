import { ZodError } from 'zod';
import { speakChinese } from '@/server/api/zod-locale';
import type { Context } from '@/server/context';
import { AppError, type ErrorCode, isAppError } from '@/server/errors';
import type { Log } from '@/server/log';
import { isPlainText, storableText } from '@/server/plain-text';
import { answerStamp } from '@/server/services/observations/version';

speakChinese();

/** The one mapping of error codes to HTTP. */
const STATUS: Record<ErrorCode, number> = {
  bad_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  too_many: 429,
  busy: 503,
  unavailable: 503,
  internal: 500,
};

interface ErrorBody {
  error: { code: ErrorCode; message: string; place?: string };
}

/** An error as its asker may see it; what is not ours goes to the log and is answered without detail. */
export function errorResponse(error: unknown, log: Log): Response {
  const body = errorBody(error);
  if (body.error.code === 'internal') log.error({ err: error }, 'request failed');
  return refusal(body, body.error.code === 'unauthenticated' ? { 'www-authenticate': 'Bearer' } : {});
}

/** A refusal that no log needs to know of. */
export function refusal(body: ErrorBody, headers: Readonly<Record<string, string>> = {}): Response {
  const status = STATUS[body.error.code];
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
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

/**
 * Answers a read with an ETag of the data version, the reader's scope and the question; the same question with that
 * tag gets 304 without the read. Caches must ask every time, and only the asker's own may keep the answer. An answer
 * that depends on the clock names the `moment` for which it holds.
 */
export async function conditional(
  request: Request,
  ctx: Context,
  read: () => Promise<Response> | Response,
  options: { moment?: string } = {},
): Promise<Response> {
  const url = new URL(request.url);
  const question = [url.pathname + url.search, ...(options.moment === undefined ? [] : [options.moment])];
  const etag = `"${await answerStamp(ctx, question.join('\n'))}"`;
  const headers = { etag, 'cache-control': 'private, no-cache', vary: 'Authorization, Cookie' };
  if (matches(request.headers.get('if-none-match'), etag))
    return new Response(null, { status: 304, headers });
  const response = await read();
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

/** Weak tags compare equal: proxies that compress make them weak. */
function matches(header: string | null, etag: string): boolean {
  return (header ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

/**
 * Query parameters as an object; a name in `lists` may hold several values, repeated or separated by commas (or what
 * `separators` says). A parameter without a value is as good as absent.
 * @throws AppError `bad_input` on a name that is not known: a misspelt filter must not answer with everything.
 */
export function parameters(
  request: Request,
  names: readonly string[],
  lists: readonly string[] = [],
  separators: Readonly<Record<string, RegExp>> = {},
): Record<string, string | string[]> {
  const given = new URL(request.url).searchParams;
  const result: Record<string, string | string[]> = {};
  for (const name of new Set(given.keys())) {
    const values = given.getAll(name).filter((value) => value !== '');
    if (!isPlainText([name, values]))
      throw new AppError('bad_input', '参数含有空字符', { place: storableText(name) });
    if (lists.includes(name)) {
      const items = values.flatMap((value) => value.split(separators[name] ?? ','));
      if (items.length > 0) result[name] = items;
    } else if (!names.includes(name))
      throw new AppError('bad_input', `没有参数 ${name};可用:${[...names, ...lists].join('、')}`, {
        place: name,
      });
    else if (values.length > 1) throw new AppError('bad_input', `参数 ${name} 只能给一次`, { place: name });
    else if (values[0] !== undefined) result[name] = values[0];
  }
  return result;
}
