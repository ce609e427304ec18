import { answerSignedIn } from '@/app/api/door';
import { conditional, parameters } from '@/server/api/http';
import { otherMethods } from '@/server/api/methods';
import { listHolidays, publicHolidays } from '@/server/services/calendar/list';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answerSignedIn(request, async (ctx) => {
    const query = parameters(request, ['year']);
    return conditional(request, ctx, async () => {
      const { tables } = await listHolidays(ctx, query);
      return Response.json({ years: tables.map(publicHolidays) });
    });
  });
}

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods('GET');
