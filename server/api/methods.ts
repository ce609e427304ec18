import { refusal } from '@/server/api/http';

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
type Handler = (request: Request) => Response;

/**
 * Handlers for every method that an address does not take: a JSON error that names what it takes, where the framework
 * would answer with nothing. A route exports those that it lacks; HEAD the framework makes of a GET.
 */
export function otherMethods(taken: 'GET' | 'POST'): Record<Method, Handler> {
  const allow = taken === 'GET' ? 'GET, HEAD, OPTIONS' : `${taken}, OPTIONS`;
  const refuse: Handler = (request) => {
    const { pathname } = new URL(request.url);
    const message = `${pathname} 不接受 ${request.method},请用 ${taken}`;
    return refusal({ error: { code: 'method_not_allowed', message, place: 'method' } }, { allow });
  };
  const options: Handler = () => new Response(null, { status: 204, headers: { allow } });
  return {
    GET: refuse,
    HEAD: refuse,
    POST: refuse,
    PUT: refuse,
    PATCH: refuse,
    DELETE: refuse,
    OPTIONS: options,
  };
}
