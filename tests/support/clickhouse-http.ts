import http from 'node:http';
import type { AddressInfo } from 'node:net';
import zlib from 'node:zlib';
import { requirePackage } from '@/server/packages';

interface EngineSession {
  queryBindAsync(query: string, params: object, options?: { format?: string }): Promise<{ text(): string }>;
  queryAsync(query: string, options?: { format?: string }): Promise<{ text(): string }>;
  close(): void;
}

export interface ClickHouseHttp {
  url: string;
  /** Requests seen, to prove that the HTTP path was really taken. */
  requests(): number;
  close(): Promise<void>;
}

/**
 * ClickHouse's HTTP interface over the embedded engine, for tests alone: a real server cannot be had everywhere, but
 * the official client's HTTP path must really run. Understands the query in the body or in `?query=` with the body as
 * data, `param_*`, `database`, settings, gzip bodies, `X-ClickHouse-Format`, and reports errors with their code.
 */
export async function startClickHouseHttp(directory: string): Promise<ClickHouseHttp> {
  const { Session } = requirePackage('chdb') as { Session: new (path: string) => EngineSession };
  const session = new Session(directory);
  let seen = 0;
  // The engine session keeps its current database: one request at a time.
  let queue: Promise<unknown> = Promise.resolve();

  const server = http.createServer((request, response) => {
    seen += 1;
    const answer = async () => {
      try {
        const result = await execute(session, request, await readBody(request));
        response.writeHead(200, {
          'content-type': 'text/plain; charset=UTF-8',
          'x-clickhouse-format': result.format,
          'x-clickhouse-query-id': `front-${seen}`,
          'x-clickhouse-summary': '{}',
        });
        response.end(result.text);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        const code = /Code: (\d+)/.exec(message)?.[1] ?? '1002';
        response.writeHead(code === '516' ? 403 : 500, {
          'x-clickhouse-exception-code': code,
          'content-type': 'text/plain',
        });
        response.end(message);
      }
    };
    queue = queue.then(answer, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/yiping`,
    requests: () => seen,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      session.close();
    },
  };
}

async function execute(
  session: EngineSession,
  request: http.IncomingMessage,
  body: string,
): Promise<{ text: string; format: string }> {
  const url = new URL(request.url ?? '/', 'http://front');
  if (url.pathname === '/ping') return { text: 'Ok.\n', format: 'TabSeparated' };
  const inUrl = url.searchParams.get('query');
  const sql = inUrl === null ? body : body === '' ? inUrl : `${inUrl}\n${body}`;
  const format = String(
    request.headers['x-clickhouse-format'] ?? url.searchParams.get('default_format') ?? 'TabSeparated',
  );
  await session.queryAsync(`USE ${quoted(url.searchParams.get('database') ?? 'default')}`);
  const params: Record<string, string> = {};
  for (const [name, value] of url.searchParams)
    if (name.startsWith('param_')) params[name.slice(6)] = bindable(sql, name.slice(6), value);
  const result =
    Object.keys(params).length > 0
      ? await session.queryBindAsync(sql, params, { format })
      : await session.queryAsync(sql, { format });
  return { text: result.text(), format };
}

/** The engine's binder escapes scalars itself, while a server reads them escaped; array texts are the same in both. */
function bindable(sql: string, name: string, value: string): string {
  if (new RegExp(`\\{\\s*${name}\\s*:\\s*Array`).test(sql)) return value;
  const escapes: Record<string, string> = { t: '\t', n: '\n', r: '\r' };
  return value.replace(/\\(.)/gs, (_, c: string) => escapes[c] ?? c);
}

function quoted(name: string): string {
  if (!/^[A-Za-z0-9_]+$/.test(name))
    throw new Error('Code: 81. DB::Exception: no such database. (UNKNOWN_DATABASE)');
  return `\`${name}\``;
}

async function readBody(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  return (request.headers['content-encoding'] === 'gzip' ? zlib.gunzipSync(bytes) : bytes).toString('utf8');
}
