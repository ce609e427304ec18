import { domainInScope } from '@/server/access/scope';
import type { Actor, Context } from '@/server/context';
import { OFFICIAL_FIGURE } from '@/server/datasets/official-figure';
import { allDatasets } from '@/server/datasets/registry';
import { AppError } from '@/server/errors';

type Reader = Pick<Context, 'registry'> & { actor: Pick<Actor, 'scope'> };

/**
 * Names of the datasets that the actor's domains admit: those from which a metric of these domains is made. Published
 * figures are of every domain; which of them somebody may load is decided row by row. Null: all.
 */
export function datasetsInScope({ actor, registry }: Reader): string[] | null {
  if (actor.scope.domains === null) return null;
  const served = new Set<string>();
  for (const { definition } of registry.all()) {
    if (!domainInScope(actor.scope, definition.domain)) continue;
    // Targets of computed metrics are published as well.
    served.add(OFFICIAL_FIGURE);
    if (definition.kind === 'aggregated') served.add(definition.dataset);
  }
  return allDatasets()
    .map(({ contract }) => contract.name)
    .filter((name) => served.has(name));
}

/** @throws AppError `forbidden` for a dataset of other domains. */
export function assertDataset(reader: Reader, name: string): void {
  if (datasetsInScope(reader)?.includes(name) === false)
    throw new AppError('forbidden', `数据集 ${name} 不在您的数据范围内`, { place: 'dataset' });
}
