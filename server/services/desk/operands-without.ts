import type { RegionCode } from '@/metrics/model/cell';
import type { Context } from '@/server/context';
import { listSeries } from '@/server/observations/series';
import type { MetricRef, MetricState } from '@/server/services/desk/types';

/**
 * The state of a metric that is made of others and has no value: which of them have none in the region either. Names only,
 * which the definition gives to everybody.
 */
export async function awaitedOperands(
  ctx: Context,
  state: MetricState,
  operands: readonly MetricRef[],
  { region, asOfMs }: { region: RegionCode; asOfMs: number },
): Promise<MetricState> {
  if (state.state !== 'awaiting' || operands.length === 0) return state;
  const known = await Promise.all(
    operands.map(({ code }) => listSeries(ctx, { metric: code, region, asOfMs })),
  );
  const without = operands.filter((_, index) => known[index]?.length === 0).map(({ name }) => name);
  return without.length === 0 ? state : { ...state, reason: `由其他指标算出,还缺:${without.join('、')}` };
}
