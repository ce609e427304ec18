import { answerSignedIn } from '@/app/api/door';
import { conditional, parameters } from '@/server/api/http';
import { otherMethods } from '@/server/api/methods';
import { listMetrics, publicMetric } from '@/server/services/metrics/read';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answerSignedIn(request, async (ctx) => {
    const query = parameters(request, ['q', 'domain', 'kind', 'computed', 'offset', 'limit']);
    return conditional(request, ctx, async () => {
      const { total, metrics } = await listMetrics(ctx, query);
      return Response.json({ total, metrics: metrics.map(publicMetric) });
    });
  });
}

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods('GET');
