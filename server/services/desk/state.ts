import type { MetricDefinition } from '@/metrics/model/definition';
import { computability } from '@/metrics/validate/computability';
import type { Context } from '@/server/context';
import { allContracts } from '@/server/datasets/registry';
import type { MetricState } from '@/server/services/desk/types';

const CONNECTED: ReadonlySet<string> = new Set(allContracts().map(({ name }) => name));

/** Says for any metric without values why it has none. */
export function stateReader(ctx: Context): (definition: MetricDefinition, hasValues: boolean) => MetricState {
  const catalogue = new Map(ctx.registry.all().map(({ definition }) => [definition.code, definition]));
  return (definition, hasValues) => {
    if (hasValues) return { state: 'present', reason: null };
    const found = computability(definition, CONNECTED, catalogue);
    if (!found.computable) {
      return { state: 'not_computable', reason: found.reasons.map(({ message }) => message).join(';') };
    }
    return { state: 'awaiting', reason: awaitingReason(definition, found.by) };
  };
}

function awaitingReason(definition: MetricDefinition, by: 'published' | 'job' | 'calculus'): string {
  if (by === 'published') return `${definition.owner || '责任单位'}尚未报送`;
  return by === 'job' ? '数据集已接入,尚未算出' : '操作数齐备后由演算得出,尚未算出';
}
