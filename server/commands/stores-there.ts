import fs from 'node:fs';
import path from 'node:path';
import { hasEmbeddedPostgres } from '@/server/db/embedded';
import type { Env } from '@/server/env';
import { AppError } from '@/server/errors';

/**
 * A command works on stores that are there: with a misspelt DATA_DIR it would make new ones, and whatever it does in
 * them would be missed elsewhere. Stores on servers are made by whoever runs the servers.
 * @throws AppError `not_found` naming the directory and how stores are made.
 */
export function assertStoresThere(env: Env): void {
  const warehouse = env.clickhouseUrl !== undefined || fs.existsSync(path.join(env.dataDir, 'warehouse'));
  const database = env.databaseUrl !== undefined || hasEmbeddedPostgres(env.dataDir);
  if (warehouse && database) return;
  const found = warehouse === database ? 'no stores' : warehouse ? 'no database' : 'no warehouse';
  throw new AppError(
    'not_found',
    `DATA_DIR ${env.dataDir} holds ${found}: name the directory of a cockpit, or make one with npm start, npm run demo or npm run restore`,
  );
}
