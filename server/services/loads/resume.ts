import fs from 'node:fs';
import { asc, eq, inArray } from 'drizzle-orm';
import { type Stores, systemActor } from '@/server/context';
import { apiToken } from '@/server/db/schema/access';
import { user } from '@/server/db/schema/auth';
import { datasetLoad } from '@/server/db/schema/ingest';
import { isAppError } from '@/server/errors';
import { dropBrokenUploads, dropRaw, keptLoadIds, rawPath } from '@/server/ingest/raw-file';
import { dropStage } from '@/server/ingest/stage';
import { run } from './create';

/**
 * Finishes the loads that a killed process left behind, in the order they were received; called once, at the start. A
 * load whose file is not in this data directory belongs to another process and is left alone.
 * @returns ids of the loads finished now.
 */
export async function resumeLoads(stores: Stores): Promise<string[]> {
  dropBrokenUploads(stores.dataDir);
  await dropRemains(stores);
  const left = await stores.db
    .select()
    .from(datasetLoad)
    .where(inArray(datasetLoad.status, ['received', 'staged']))
    .orderBy(asc(datasetLoad.receivedAt));
  const finished: string[] = [];
  for (const load of left) {
    if (!fs.existsSync(rawPath(stores.dataDir, load.id))) continue;
    try {
      const domains = await senderDomains(stores, load.actorId);
      await run({ ...stores, actor: systemActor('接入恢复') }, load, domains);
      finished.push(load.id);
    } catch (error) {
      // A refused file is recorded as failed; anything else stays for the next start.
      if (!isAppError(error)) stores.log.error({ loadId: load.id, err: error }, 'load could not be resumed');
    }
  }
  return finished;
}

/** Domains of the account or token that sent a load, as they are now; a command of the system has all. */
async function senderDomains({ db }: Pick<Stores, 'db'>, actorId: string): Promise<string[] | null> {
  const [account] = await db.select({ domains: user.domains }).from(user).where(eq(user.id, actorId));
  if (account) return account.domains;
  const [token] = await db
    .select({ domains: apiToken.domains })
    .from(apiToken)
    .where(eq(apiToken.id, actorId));
  return token?.domains ?? null;
}

/** A process that died after the commit left the kept file, and perhaps the stage, of a load that is over. */
async function dropRemains(stores: Stores): Promise<void> {
  const kept = keptLoadIds(stores.dataDir);
  if (kept.length === 0) return;
  const known = await stores.db.select().from(datasetLoad).where(inArray(datasetLoad.id, kept));
  for (const id of kept) {
    const load = known.find((one) => one.id === id);
    if (load?.status === 'received' || load?.status === 'staged') continue;
    if (load) await dropStage(stores, load.dataset, id);
    dropRaw(stores.dataDir, id);
  }
}
