import { otherMethods } from '@/server/api/methods';
import { getApp } from '@/server/app';
import { readHealth } from '@/server/services/health/read';

export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  const { runtime } = await getApp();
  const { kind, version } = runtime.database;
  const health = await readHealth(runtime.stores, {
    pid: process.pid,
    role: runtime.env.role,
    startedAtMs: runtime.startedAtMs,
    database: { kind, version },
  });
  const status = health.status === 'ok' ? 200 : 503;
  return Response.json(health, { status, headers: { 'cache-control': 'no-store' } });
}

export const { DELETE, OPTIONS, PATCH, POST, PUT } = otherMethods('GET');
