import { isCountedOn } from '@/metrics/calculus/of-opening';
import type { DataState } from '@/metrics/model/data-state';
import type { MetricDefinition } from '@/metrics/model/definition';
import { computability } from '@/metrics/validate/computability';
import type { Context } from '@/server/context';
import { allContracts } from '@/server/datasets/registry';
import type { MetricState } from '@/server/services/desk/types';
import { notAtLevel } from '@/server/services/screens/figure';
import type { RegionRef } from '@/server/services/screens/types';

const CONNECTED: ReadonlySet<string> = new Set(allContracts().map(({ name }) => name));

export interface ReasonedState {
  state: DataState;
  /** Why there is no number yet, in Chinese; empty where there are some. */
  reasons: string[];
}

/** Says of any metric whether it has data, and why not. */
export function dataStateReader(
  ctx: Context,
): (definition: MetricDefinition, hasValues: boolean) => ReasonedState {
  const catalogue = new Map(ctx.registry.all().map(({ definition }) => [definition.code, definition]));
  return (definition, hasValues) => {
    if (hasValues) return { state: 'present', reasons: [] };
    const found = computability(definition, CONNECTED, catalogue);
    if (found.computable) return { state: 'awaiting', reasons: [awaitingReason(definition, found.by)] };
    return { state: 'not_computable', reasons: found.reasons.map(({ message }) => message) };
  };
}

/** The same, with the reasons as one sentence. */
export function stateReader(ctx: Context): (definition: MetricDefinition, hasValues: boolean) => MetricState {
  const stateOf = dataStateReader(ctx);
  return (definition, hasValues) => {
    const { state, reasons } = stateOf(definition, hasValues);
    return { state, reason: reasons.length === 0 ? null : reasons.join(';') };
  };
}

function awaitingReason(definition: MetricDefinition, by: 'published' | 'job' | 'calculus'): string {
  if (by === 'published') return `${definition.owner || '责任单位'}尚未报送`;
  const opening = noOpening(definition);
  if (opening !== null) return opening;
  return by === 'job' ? '数据集已接入,尚无可算的数据' : '用到的数齐备后由演算得出,尚未算出';
}

/** A stock is counted from a published one; a region without that has none, however many movements arrive. */
export function noOpening(definition: MetricDefinition): string | null {
  const counted = isCountedOn(definition);
  return counted ? '没有公布的期初存量,期末存量无从算起' : null;
}

/** Regions named before the rest is counted. */
const NAMED = 3;

/** Why a region has nothing while others have: the reason, and where there is something. */
export function emptyHere(
  definition: MetricDefinition,
  region: RegionRef,
  own: string | null,
  elsewhere: readonly RegionRef[],
): string | null {
  const reason = notAtLevel(definition, region.code) ?? noOpening(definition) ?? own;
  const others = elsewhere.filter(({ code }) => code !== region.code).map(({ name }) => name);
  if (others.length === 0) return reason;
  const more = others.length > NAMED ? `等 ${others.length} 个地区` : '';
  return `${region.name}:${reason ?? '没有数'};有数的是${others.slice(0, NAMED).join('、')}${more}`;
}
