import { answerSignedIn } from '@/app/api/door';
import { conditional } from '@/server/api/http';
import { otherMethods } from '@/server/api/methods';
import { getMetric, publicMetric } from '@/server/services/metrics/read';

export const dynamic = 'force-dynamic';

export function GET(request: Request, { params }: { params: Promise<{ code: string }> }): Promise<Response> {
  return answerSignedIn(request, async (ctx) => {
    const { code } = await params;
    return conditional(request, ctx, async () => Response.json(publicMetric(await getMetric(ctx, { code }))));
  });
}

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods('GET');
