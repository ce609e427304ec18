import { readEnv } from '@/server/env';
import { createLog } from '@/server/log';
import { openRuntime } from '@/server/runtime';
const r = await openRuntime(readEnv(), { log: createLog('error') });
for (const q of process.argv.slice(2)) {
  console.log(await r.stores.warehouse.jobs.text({ name: 'x', sql: q }, 'PrettyCompactNoEscapes'));
}
const rows = (await r.database.pool.query("select job,outcome,started_at,finished_at,rows_read,rows_written,details->'derivedCells' as d, details->'derivedRows' as dr from job_run")).rows; console.table(rows);
await r.close();
process.exit(0);
