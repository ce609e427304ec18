import type { RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { lineageOfRegistry } from '@/server/catalogue/lineage';
import type { Context } from '@/server/context';
import { listSeries, regionsWithData } from '@/server/observations/series';
import type { MetricRef, MetricState } from '@/server/services/desk/types';

/** Operands named before the rest is counted. */
const NAMED = 3;

/**
 * What a metric that is made of others waits for in a region: the operands that have nothing there. Null where none lacks.
 * Names only, which the definition gives to everybody.
 */
export async function awaitedHere(
  ctx: Context,
  operands: readonly MetricRef[],
  { region, asOfMs }: { region: RegionCode; asOfMs: number },
): Promise<string | null> {
  const known = await Promise.all(
    operands.map(({ code }) => listSeries(ctx, { metric: code, region, asOfMs })),
  );
  const without = operands.filter((_, index) => known[index]?.length === 0).map(({ name }) => name);
  return without.length === 0 ? null : `由其他指标算出,还缺:${without.join('、')}`;
}

/** The state of such a metric without a value anywhere: what it waits for in the region shown. */
export async function awaitedOperands(
  ctx: Context,
  state: MetricState,
  operands: readonly MetricRef[],
  at: { region: RegionCode; asOfMs: number },
): Promise<MetricState> {
  if (state.state !== 'awaiting' || operands.length === 0) return state;
  const reason = await awaitedHere(ctx, operands, at);
  return reason === null ? state : { ...state, reason };
}

/** Of several regions, what each lacks, in short: 缺第二产业增加值; regions that lack no operand altogether have no entry. */
export async function lackingByRegion(
  ctx: Context,
  { code, kind }: MetricDefinition,
  regions: readonly RegionCode[],
  asOfMs: number,
): Promise<ReadonlyMap<RegionCode, string>> {
  if (regions.length === 0 || (kind !== 'derived' && kind !== 'composite')) return new Map();
  const edges = lineageOfRegistry(ctx.registry).madeOf(code);
  const operands = [...new Set(edges.filter(({ role }) => role !== 'weight').map((edge) => edge.code))];
  const known = await Promise.all(operands.map((metric) => regionsWithData(ctx, { metric, asOfMs })));
  return new Map(
    regions.flatMap((region): [RegionCode, string][] => {
      const lacking = operands.filter((_, index) => !known[index]?.includes(region));
      const names = lacking.map((metric) => ctx.registry.get(metric).definition.name);
      return names.length === 0 ? [] : [[region, lackingText(names)]];
    }),
  );
}

function lackingText(names: readonly string[]): string {
  return `缺${names.slice(0, NAMED).join('、')}${names.length > NAMED ? `等 ${names.length} 项` : ''}`;
}
