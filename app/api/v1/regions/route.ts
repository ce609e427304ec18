import { answerSignedIn } from '@/app/api/door';
import { conditional, parameters } from '@/server/api/http';
import { otherMethods } from '@/server/api/methods';
import { listRegions } from '@/server/services/regions/list';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answerSignedIn(request, async (ctx) => {
    const query = parameters(request, ['level', 'parent', 'state']);
    return conditional(request, ctx, () => Response.json({ regions: listRegions(ctx, query) }));
  });
}

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods('GET');
