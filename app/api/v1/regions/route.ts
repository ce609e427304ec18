import { answerSignedIn } from '@/app/api/door';
import { conditional, parameters } from '@/server/api/http';
import { listRegions } from '@/server/services/regions/list';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answerSignedIn(request, async (ctx) => {
    const query = parameters(request, ['level', 'parent', 'state']);
    return conditional(request, ctx, () => Response.json({ regions: listRegions(ctx, query) }));
  });
}
