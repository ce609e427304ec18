import { Readable } from 'node:stream';
import { answerSignedIn } from '@/app/api/door';
import { parameters } from '@/server/api/http';
import { otherMethods } from '@/server/api/methods';
import { rejectsCsv, rejectsCsvInput } from '@/server/services/loads/rejects';

export const dynamic = 'force-dynamic';

/**
 * The rejected rows of a load as CSV, to be mended and sent again. Query: `rows=all` for those as well that a later load
 * has taken in.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answerSignedIn(request, async (ctx) => {
    const input = rejectsCsvInput.parse({ ...parameters(request, ['rows']), id });
    const { fileName, body } = await rejectsCsv(ctx, input);
    return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${fileName}"`,
        'cache-control': 'no-store',
      },
    });
  });
}

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods('GET');
