import { answerSignedIn } from '@/app/api/door';
import { otherMethods } from '@/server/api/methods';
import { observationsResponse } from '@/server/api/observations-http';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return answerSignedIn(request, (ctx) => observationsResponse(ctx, request));
}

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods('GET');
