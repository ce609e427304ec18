import pg from 'pg';
import type { Log } from '@/server/log';

/** Gives a lock back; never throws. */
export type LetGo = () => Promise<void>;

/** Named locks of an installation: one holder at a time, the others wait in the order in which they came. */
export interface Locks {
  acquire(name: string): Promise<LetGo>;
  hold<T>(name: string, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * More than the names that are locked at once in a process (one a dataset, three of computations). Beyond it whoever
 * comes waits for a connection, and holds none meanwhile.
 */
const MAX_CONNECTIONS = 14;

/**
 * Within the process a queue; between processes advisory locks, when there may be others (`shared`: how to reach the
 * database). These are held on connections of their own: the work under a lock needs connections of the common pool, and
 * would wait for ever for those that the locks of others hold. A process that dies loses its locks with its connections.
 */
export function createLocks(shared: pg.PoolConfig | null, log: Log): Locks {
  const lastOf = new Map<string, Promise<void>>();
  const between = shared && sharedLocks(shared, log);

  const acquire = async (name: string): Promise<LetGo> => {
    const before = lastOf.get(name);
    let done = () => {};
    const mine = new Promise<void>((resolve) => {
      done = () => {
        if (lastOf.get(name) === mine) lastOf.delete(name);
        resolve();
      };
    });
    lastOf.set(name, mine);
    await before;
    if (!between) return async () => done();
    try {
      const letGo = await between.acquire(name);
      return () => letGo().finally(done);
    } catch (error) {
      done();
      throw error;
    }
  };
  return {
    acquire,
    hold: async (name, work) => {
      const letGo = await acquire(name);
      try {
        return await work();
      } finally {
        await letGo();
      }
    },
    close: async () => between?.close(),
  };
}

function sharedLocks(connection: pg.PoolConfig, log: Log) {
  // Connections stay open: opening one costs a pushed row more than all of its locks.
  const pool = new pg.Pool({
    ...connection,
    max: MAX_CONNECTIONS,
    idleTimeoutMillis: 0,
    keepAlive: true,
    application_name: 'yiping-locks',
  });
  pool.on('error', () => undefined);
  const taken = new Set<pg.PoolClient>();
  let closing = false;
  return {
    acquire: async (name: string): Promise<LetGo> => {
      const client = await pool.connect();
      let broken: Error | undefined;
      const lost = (error: Error) => {
        broken = error;
        if (!closing) log.warn({ err: error, lock: name }, 'a lock was lost with its connection');
      };
      const giveBack = () => {
        client.off('error', lost);
        // When closing, all that is taken has been given back already.
        if (taken.delete(client)) client.release(broken);
      };
      client.on('error', lost);
      taken.add(client);
      try {
        await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name]);
      } catch (error) {
        broken ??= error instanceof Error ? error : new Error(String(error));
        giveBack();
        throw error;
      }
      return async () => {
        try {
          await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]);
        } catch (error) {
          // The connection is closed, and the lock with it.
          broken ??= error instanceof Error ? error : new Error(String(error));
        } finally {
          giveBack();
        }
      };
    },
    close: async () => {
      if (closing) return;
      closing = true;
      for (const client of taken) client.release(true);
      taken.clear();
      await pool.end();
    },
  };
}
