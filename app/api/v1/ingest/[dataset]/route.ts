import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { answerSignedIn } from '@/app/api/door';
import { errorResponse } from '@/server/api/http';
import { otherMethods } from '@/server/api/methods';
import { getApp } from '@/server/app';
import { carriesCookieSignIn } from '@/server/auth/actor';
import { AppError } from '@/server/errors';
import { parseMapping } from '@/server/ingest/mapping';
import { createLoad } from '@/server/services/loads/create';

export const dynamic = 'force-dynamic';

const TYPES =
  /^(text\/csv|text\/plain|text\/tab-separated-values|application\/(x-ndjson|ndjson|json|gzip|octet-stream))(;|$)/;

/**
 * Push of detail rows: CSV or NDJSON (or a JSON array), plain or gzip, with a bearer token.
 * Query: `fileName`, `provenance` (real | demo), `mends` (load whose rejects are mended). Header `X-Yiping-Mapping`: a
 * mapping as JSON, percent-encoded.
 */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ dataset: string }> },
): Promise<Response> {
  const { dataset } = await params;
  if (carriesCookieSignIn(request.headers)) {
    const message = '推送接口只接受令牌:Authorization: Bearer …';
    const { stores } = (await getApp()).runtime;
    return errorResponse(new AppError('unauthenticated', message, { place: 'Authorization' }), stores.log);
  }
  return answerSignedIn(request, async (ctx) => {
    const type = request.headers.get('content-type') ?? 'application/octet-stream';
    if (!TYPES.test(type))
      throw new AppError('bad_input', `不支持 ${type};请用 text/csv 或 application/x-ndjson`, {
        place: 'Content-Type',
      });
    if (!request.body) throw new AppError('bad_input', '请求没有内容', { place: 'body' });
    const url = new URL(request.url);
    const mapping = request.headers.get('x-yiping-mapping');
    const provenance = url.searchParams.get('provenance') ?? 'real';
    if (provenance !== 'real' && provenance !== 'demo')
      throw new AppError('bad_input', 'provenance 应为 real 或 demo', { place: 'provenance' });
    const result = await createLoad(ctx, {
      dataset,
      fileName: url.searchParams.get('fileName') ?? 'push',
      origin: 'push',
      provenance,
      mapping: mapping ? parseMapping(decoded(mapping)) : undefined,
      mendsLoadId: url.searchParams.get('mends') ?? undefined,
      bytes: Readable.fromWeb(request.body as ReadableStream<Uint8Array>),
    });
    const rejectsUrl = result.rejected > 0 ? `/api/v1/loads/${result.loadId}/rejects` : null;
    return Response.json(
      { ...result, rejectsUrl },
      { status: result.alreadyLoaded ? 200 : 201, headers: { 'cache-control': 'no-store' } },
    );
  });
}

function decoded(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch (cause) {
    throw new AppError('bad_input', 'X-Yiping-Mapping 应为百分号编码的 JSON', {
      place: 'X-Yiping-Mapping',
      cause,
    });
  }
}

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = otherMethods('POST');
