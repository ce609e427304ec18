import type { MetricDefinition } from '@/metrics/model/definition';
import { rememberOrigin } from '@/server/compute/computed-by';
import type { Stores } from '@/server/context';
import { publishShipped } from './publish-shipped';
import { loadRegistry, type Registry } from './registry';

/**
 * The registry as it is after a start of this build; to be called under the start's lock. What the cells were computed by
 * is written down before the definitions change: killed in between, the next start still knows it.
 */
export async function bringUpCatalogue(
  stores: Pick<Stores, 'db' | 'clock' | 'log'>,
  shipped: readonly MetricDefinition[],
): Promise<Registry> {
  const { db, log } = stores;
  const before = await loadRegistry(db);
  const isNew = before.all().length === 0;
  if (!isNew) await rememberOrigin(stores, before, { isNew });
  const { published, offered } = await publishShipped(stores, shipped);
  if (published.length > 0) log.info({ codes: published }, 'shipped definitions in force from now');
  if (offered.length > 0) log.warn({ codes: offered }, 'shipped definitions lie beside own ones');
  const registry = await loadRegistry(db, log);
  if (isNew) await rememberOrigin(stores, registry, { isNew });
  return registry;
}
