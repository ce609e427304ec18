import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';
import type { Bus, BusEventName, BusEvents } from '@/server/bus';
import type { DatabaseHandle } from '@/server/db/client';
import type { Log } from '@/server/log';

const CHANNEL = 'yiping_bus';
const FORWARDED: readonly BusEventName[] = ['observations', 'load', 'job', 'revoked'];
/** PostgreSQL refuses payloads of 8000 bytes and more; listeners read again anyway, so lists may be left out. */
const MAX_PAYLOAD_BYTES = 7500;
const RECONNECT_MS = 1_000;

const message = z.object({
  from: z.string(),
  name: z.enum(['observations', 'load', 'job', 'revoked']),
  event: z.unknown(),
});

/** Forwards bus events between the processes of one installation (ROLE=web and ROLE=worker). @returns what closes it. */
export async function bridgeBus(
  bus: Bus,
  database: Pick<DatabaseHandle, 'connection' | 'pool'>,
  log: Log,
): Promise<() => Promise<void>> {
  const self = randomUUID();
  let receiving = false;
  let closed = false;
  let client: pg.Client | undefined;

  const receive = (payload: string | undefined) => {
    const parsed = message.safeParse(JSON.parse(payload ?? 'null'));
    if (!parsed.success || parsed.data.from === self) return;
    // Emitting is synchronous: what our own listeners below see meanwhile came from outside and is not sent back.
    receiving = true;
    try {
      bus.emit(parsed.data.name, parsed.data.event as BusEvents[BusEventName]);
    } finally {
      receiving = false;
    }
  };
  const connect = async () => {
    const next = new pg.Client(database.connection);
    next.on('notification', (note) => receive(note.payload));
    next.on('error', (error) => {
      log.warn({ err: error }, 'bus bridge lost its connection');
      reconnect();
    });
    try {
      await next.connect();
      await next.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      await next.end().catch(() => undefined);
      throw error;
    }
    client = next;
    if (closed) await next.end();
  };
  let waiting: NodeJS.Timeout | undefined;
  /** Until it is there again: a database may take longer than one attempt to start. */
  const reconnect = () => {
    clearTimeout(waiting);
    if (!closed) waiting = setTimeout(() => void connect().catch(reconnect), RECONNECT_MS).unref();
  };
  await connect();

  const send = (name: BusEventName, event: BusEvents[BusEventName]) => {
    if (receiving || closed) return;
    const whole = JSON.stringify({ from: self, name, event });
    const small = { ...event, ...('metrics' in event ? { metrics: [], regions: [] } : {}) };
    const text =
      Buffer.byteLength(whole) < MAX_PAYLOAD_BYTES
        ? whole
        : JSON.stringify({ from: self, name, event: small });
    void database.pool
      .query('SELECT pg_notify($1, $2)', [CHANNEL, text])
      .catch((error: unknown) => log.warn({ err: error }, 'bus event was not forwarded'));
  };
  const offs = FORWARDED.map((name) => bus.on(name, (event) => send(name, event)));
  return async () => {
    closed = true;
    clearTimeout(waiting);
    for (const off of offs) off();
    await client?.end();
  };
}
