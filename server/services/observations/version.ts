import { createHash } from 'node:crypto';
import type { Context, Stores } from '@/server/context';
import { currentDataVersion } from '@/server/observations/append';

const definitionStamps = new WeakMap<Stores['registry'], string>();

/**
 * Two equal stamps mean equal answers to the same question of this reader: the data version, the definitions, and
 * the reader's role and scope.
 */
export async function answerStamp(ctx: Context, question: string): Promise<string> {
  const parts = [
    await currentDataVersion(ctx),
    definitionStamp(ctx.registry),
    ctx.actor.role,
    ctx.actor.scope.regions.join(','),
    ctx.actor.scope.domains?.join(',') ?? '*',
    question,
  ];
  return createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 32);
}

function definitionStamp(registry: Stores['registry']): string {
  let stamp = definitionStamps.get(registry);
  if (stamp === undefined) {
    const hash = createHash('sha256');
    for (const entry of registry.all())
      hash.update(`${entry.definition.code} ${entry.version} ${entry.hash}\n`);
    stamp = hash.digest('base64url');
    definitionStamps.set(registry, stamp);
  }
  return stamp;
}
