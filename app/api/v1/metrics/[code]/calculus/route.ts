import { answerSignedIn } from '@/app/api/door';
import { formatPeriod } from '@/metrics/time/label';
import { conditional, parameters } from '@/server/api/http';
import { otherMethods } from '@/server/api/methods';
import { publicCalculus } from '@/server/services/calculus/present';
import { readCalculus } from '@/server/services/calculus/read';

export const dynamic = 'force-dynamic';

/** One cell with every result of the calculus that applies to it, and what each was made of. */
export function GET(request: Request, { params }: { params: Promise<{ code: string }> }): Promise<Response> {
  return answerSignedIn(request, async (ctx) => {
    const { code } = await params;
    const query = parameters(request, ['region', 'freq', 'period', 'basis', 'slice', 'asOf']);
    // A period that was running an hour ago may have ended, with the same data.
    const moment = formatPeriod('H', ctx.clock.nowMs());
    return conditional(
      request,
      ctx,
      async () => Response.json(publicCalculus(await readCalculus(ctx, { ...query, code }))),
      { moment },
    );
  });
}

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods('GET');
