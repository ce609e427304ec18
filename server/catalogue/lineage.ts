import { type Lineage, lineageOf } from '@/metrics/lineage/lineage';
import type { Registry } from '@/server/catalogue/registry';

const known = new WeakMap<Registry, Lineage>();

/** Lineage of the published definitions, built once a registry. */
export function lineageOfRegistry(registry: Registry): Lineage {
  let lineage = known.get(registry);
  if (!lineage) {
    lineage = lineageOf(registry.all().map(({ definition }) => definition));
    known.set(registry, lineage);
  }
  return lineage;
}
