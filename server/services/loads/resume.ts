import fs from 'node:fs';
import { asc, inArray } from 'drizzle-orm';
import { type Stores, systemActor } from '@/server/context';
import { datasetLoad } from '@/server/db/schema/ingest';
import { isAppError } from '@/server/errors';
import { dropBrokenUploads, rawPath } from '@/server/ingest/raw-file';
import { run } from './create';

/**
 * Finishes the loads that a killed process left behind, in the order they were received; called once, at the start. A
 * load whose file is not in this data directory belongs to another process and is left alone.
 * @returns ids of the loads finished now.
 */
export async function resumeLoads(stores: Stores): Promise<string[]> {
  dropBrokenUploads(stores.dataDir);
  const left = await stores.db
    .select()
    .from(datasetLoad)
    .where(inArray(datasetLoad.status, ['received', 'staged']))
    .orderBy(asc(datasetLoad.receivedAt));
  const finished: string[] = [];
  for (const load of left) {
    if (!fs.existsSync(rawPath(stores.dataDir, load.id))) continue;
    try {
      await run({ ...stores, actor: systemActor('接入恢复') }, load);
      finished.push(load.id);
    } catch (error) {
      // A refused file is recorded as failed; anything else stays for the next start.
      if (!isAppError(error)) stores.log.error({ loadId: load.id, err: error }, 'load could not be resumed');
    }
  }
  return finished;
}
