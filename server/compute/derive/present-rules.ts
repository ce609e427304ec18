import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Stores } from '@/server/context';
import { setting } from '@/server/db/schema/registry';
import { putSetting } from '@/server/db/settings';

const KEY = 'derived_by';
/** Counted up when the engine's own rules change what is derived from the same definitions. */
const RULES_VERSION = 12;

/**
 * Whether everything was derived by the definitions and rules there are now. A new or changed definition, or a new
 * release of the engine, derives everything once more; what is equal is not written again.
 */
export async function isDerivedByPresentRules({
  db,
  registry,
}: Pick<Stores, 'db' | 'registry'>): Promise<boolean> {
  const [row] = await db.select().from(setting).where(eq(setting.key, KEY));
  return row?.value === presentRules(registry);
}

export async function rememberRules(stores: Pick<Stores, 'db' | 'registry' | 'clock'>): Promise<void> {
  await putSetting(stores, KEY, presentRules(stores.registry));
}

function presentRules(registry: Stores['registry']): string {
  const hash = createHash('sha256').update(`rules ${RULES_VERSION}`);
  for (const { definition, version, hash: body } of registry.all())
    hash.update(` ${definition.code} ${version} ${body}`);
  return hash.digest('hex');
}
