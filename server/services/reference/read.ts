import type { MetricDefinition } from '@/metrics/model/definition';
import { definitionHash } from '@/metrics/model/hash';
import { assertCan } from '@/server/access/roles';
import { domainInScope } from '@/server/access/scope';
import type { Context } from '@/server/context';

/** A definition as it is exported: content, version and identity of the content. */
export interface ReferenceEntry {
  definition: MetricDefinition;
  version: number;
  hash: string;
}

/** Published definitions of the reader's domains with their versions. */
export function readReference(ctx: Pick<Context, 'actor' | 'registry'>): ReferenceEntry[] {
  assertCan(ctx.actor, 'definition:read');
  return ctx.registry
    .all()
    .filter(({ definition }) => domainInScope(ctx.actor.scope, definition.domain))
    .map(({ definition, version, hash }) => ({ definition, version, hash }));
}

/** Shipped definitions as an empty installation would register them. */
export function shippedReference(shipped: readonly MetricDefinition[]): ReferenceEntry[] {
  return shipped.map((definition) => ({ definition, version: 1, hash: definitionHash(definition) }));
}
