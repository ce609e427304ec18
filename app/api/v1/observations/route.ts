import { answerSignedIn } from '@/app/api/door';
import { observationsResponse } from '@/server/api/observations-http';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answerSignedIn(request, (ctx) => observationsResponse(ctx, request));
}
