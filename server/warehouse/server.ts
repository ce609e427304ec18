import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import type { Warehouse } from '@/server/warehouse/client';
import { createLane, identifier } from '@/server/warehouse/lane';

/** Opens a ClickHouse server by URL (`http[s]://user:password@host:8123/database`); the database defaults to `yiping`. */
export async function openServerWarehouse(url: string): Promise<Warehouse> {
  const target = new URL(url);
  const database = identifier(target.pathname.replace(/^\//, '') || 'yiping');
  const credentials = {
    username: decodeURIComponent(target.username) || 'default',
    password: decodeURIComponent(target.password),
  };
  const origin = `${target.protocol}//${target.host}`;
  const open = (connections: number, db: string) =>
    createClient({
      url: origin,
      ...credentials,
      database: db,
      max_open_connections: connections,
      request_timeout: 300_000,
      application: 'yiping',
      // Errors are thrown to the caller, who logs them once.
      log: { level: ClickHouseLogLevel.OFF },
      // Keeps proxies from closing a long computation that has nothing to say yet.
      clickhouse_settings: { send_progress_in_http_headers: 1, http_headers_progress_interval_ms: '20000' },
    });

  const first = open(1, 'default');
  await first.command({ query: `CREATE DATABASE IF NOT EXISTS ${database}` });
  const rows = await (await first.query({ query: 'SELECT version() AS v', format: 'JSONEachRow' })).json<{
    v: string;
  }>();
  await first.close();

  const clients = { screens: open(8, database), jobs: open(4, database), loads: open(4, database) };
  return {
    kind: 'server',
    version: rows[0]?.v ?? 'unknown',
    database,
    screens: createLane([clients.screens]),
    jobs: createLane([clients.jobs]),
    loads: createLane([clients.loads]),
    close: async () => {
      await Promise.allSettled(Object.values(clients).map((client) => client.close()));
    },
  };
}
