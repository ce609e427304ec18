import { answerSignedIn } from '@/app/api/door';
import { AppError } from '@/server/errors';

export const dynamic = 'force-dynamic';

/** Addresses that nothing answers: the same JSON error as everywhere, never a page. */
function nothingHere(request: Request): Promise<Response> {
  return answerSignedIn(request, () => {
    const { pathname } = new URL(request.url);
    throw new AppError('not_found', `没有接口 ${pathname}`, { place: 'path' });
  });
}

export {
  nothingHere as DELETE,
  nothingHere as GET,
  nothingHere as PATCH,
  nothingHere as POST,
  nothingHere as PUT,
};
