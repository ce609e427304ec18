import { answerSignedIn } from '@/app/api/door';
import { auditCsv } from '@/server/services/audit/csv';
import { listAuditInput } from '@/server/services/audit/list';

export const dynamic = 'force-dynamic';

/** The audit as CSV, filtered as on the page; exporting it is an entry of its own. */
export function GET(request: Request): Promise<Response> {
  return answerSignedIn(request, async (ctx) => {
    const query = new URL(request.url).searchParams;
    const text = (name: string) => query.get(name) || undefined;
    const instant = (name: string) => {
      const value = text(name);
      return value === undefined ? undefined : new Date(value);
    };
    const filter = listAuditInput.omit({ cursor: true, limit: true }).parse({
      search: text('search'),
      action: text('action'),
      outcome: text('outcome'),
      from: instant('from'),
      to: instant('to'),
    });
    return new Response(await auditCsv(ctx, filter), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="audit.csv"',
        'cache-control': 'no-store',
      },
    });
  });
}
