import { answerSignedIn } from '@/app/api/door';
import { otherMethods } from '@/server/api/methods';
import { getLoad } from '@/server/services/loads/get';

export const dynamic = 'force-dynamic';

/** One load: status, counts, business time of its rows. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answerSignedIn(request, async (ctx) => {
    const load = await getLoad(ctx, { id });
    const rejectsUrl = load.rejected > 0 ? `/api/v1/loads/${id}/rejects` : null;
    return Response.json({ ...load, rejectsUrl }, { headers: { 'cache-control': 'no-store' } });
  });
}

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods('GET');
