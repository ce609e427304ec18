import { answerSignedIn } from '@/app/api/door';
import { formatPeriod } from '@/metrics/time/label';
import { conditional, parameters } from '@/server/api/http';
import { otherMethods } from '@/server/api/methods';
import { publicSignals, readPublicSignals } from '@/server/services/desk/signals-present';

export const dynamic = 'force-dynamic';

/** 预警信号 of a metric that is judged by county and kind, all of them, worst first. */
export function GET(request: Request, { params }: { params: Promise<{ code: string }> }): Promise<Response> {
  return answerSignedIn(request, async (ctx) => {
    const { code } = await params;
    const query = parameters(request, ['region', 'asOf']);
    // A day that was running an hour ago may have ended, with the same data.
    const moment = formatPeriod('H', ctx.clock.nowMs());
    return conditional(
      request,
      ctx,
      async () => Response.json(publicSignals(await readPublicSignals(ctx, { ...query, code }))),
      { moment },
    );
  });
}

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods('GET');
