import type { MetricDefinition } from '@/metrics/model/definition';
import { computability } from '@/metrics/validate/computability';
import type { Context } from '@/server/context';
import { datasetLoad } from '@/server/db/schema/ingest';
import type { MetricState } from '@/server/services/desk/types';

/** Says for any metric without values why it has none. */
export async function stateReader(
  ctx: Context,
): Promise<(definition: MetricDefinition, hasValues: boolean) => MetricState> {
  const connected = await connectedDatasets(ctx);
  const catalogue = new Map(ctx.registry.all().map(({ definition }) => [definition.code, definition]));
  return (definition, hasValues) => {
    if (hasValues) return { state: 'present', reason: null };
    const found = computability(definition, connected, catalogue);
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

/** Datasets of which anything has ever been accepted. */
async function connectedDatasets(ctx: Context): Promise<Set<string>> {
  const rows = await ctx.db.selectDistinct({ dataset: datasetLoad.dataset }).from(datasetLoad);
  return new Set(rows.map(({ dataset }) => dataset));
}
