import { openDoor } from '@/app/api/door';
import { errorResponse } from '@/server/api/http';
import { AppError } from '@/server/errors';
import { readBoundaries } from '@/server/services/regions/boundaries';

export const dynamic = 'force-dynamic';

/** The outlines of the map with their source line. Revalidated by content hash: an operator may activate another file. */
export async function GET(request: Request): Promise<Response> {
  const { stores, actor } = await openDoor(request.headers);
  try {
    if (!actor) throw new AppError('unauthenticated', '请先登录');
    const { body, hash } = await readBoundaries({ ...stores, actor });
    const etag = `"${hash}"`;
    const headers = {
      etag,
      'cache-control': 'private, no-cache',
      'content-type': 'application/json; charset=utf-8',
    };
    if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
    return new Response(body, { headers });
  } catch (error) {
    return errorResponse(error, stores.log);
  }
}
