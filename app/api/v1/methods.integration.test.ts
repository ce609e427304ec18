import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

type Route = Record<string, (request: Request) => Response | Promise<Response>>;
const routes = fs
  .readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => path.basename(file) === 'route.ts');

describe('a method that an address does not take', () => {
  // Guarantee: whatever is asked of the API, the answer is JSON with code, message and place.
  it.each(routes)(
    '%s refuses it in JSON and says what it takes',
    async (file) => {
      const route = (await import(path.join(import.meta.dirname, file))) as Route;
      for (const method of METHODS) expect(route[method], `${file} ${method}`).toBeTypeOf('function');
      if (file.includes('[...path]')) return;
      const own = file.startsWith('ingest') ? 'POST' : 'GET';
      for (const method of METHODS.filter((one) => one !== own)) {
        const request = new Request('http://cockpit.test/api/v1/somewhere', { method });
        const response = await route[method]?.(request);
        expect(response?.status).toBe(405);
        expect(response?.headers.get('allow')).toBe(own === 'GET' ? 'GET, HEAD, OPTIONS' : 'POST, OPTIONS');
        expect(await response?.json()).toEqual({
          error: {
            code: 'method_not_allowed',
            message: `/api/v1/somewhere 不接受 ${method},请用 ${own}`,
            place: 'method',
          },
        });
      }
      const options = await route.OPTIONS?.(new Request('http://cockpit.test/', { method: 'OPTIONS' }));
      expect([options?.status, options?.headers.get('allow')?.includes(own)]).toEqual([204, true]);
    },
    120_000,
  );
});
