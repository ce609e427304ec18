import { answer } from '@/app/api/door';
import { localPath } from '@/server/auth/local-path';
import { type SignInResult, signIn } from '@/server/auth/sign-in';
import { AppError } from '@/server/errors';

export const dynamic = 'force-dynamic';

/** Takes the sign-in form, with or without JavaScript, and answers with a redirect. */
export function POST(request: Request): Promise<Response> {
  return answer(request, async ({ stores, address }) => {
    const form = await request.formData().catch((cause: unknown) => {
      throw new AppError('bad_input', '登录要提交表单', { place: 'body', cause });
    });
    const text = (name: string) => {
      const value = form.get(name);
      return typeof value === 'string' ? value : '';
    };
    const next = localPath(text('next'));
    const result = await signIn(stores, {
      username: text('username').slice(0, 128),
      password: text('password').slice(0, 1024),
      address,
      userAgent: request.headers.get('user-agent') ?? undefined,
    });
    return redirectAfter(result, next);
  });
}

function redirectAfter(result: SignInResult, next: string): Response {
  const headers = new Headers({ 'cache-control': 'no-store' });
  if (result.ok) {
    for (const line of result.setCookies) headers.append('set-cookie', line);
    headers.set('location', next);
  } else {
    const query = new URLSearchParams({ reason: result.reason, next });
    if (result.reason === 'locked') query.set('until', String(result.untilMs));
    headers.set('location', `/sign-in?${query}`);
  }
  return new Response(null, { status: 303, headers });
}
