import { growthMetricCode } from '@/metrics/workings/growth-of';
import type { Context } from '@/server/context';

/**
 * The metric that is itself the published growth of this one, by the catalogue's naming: gdp_growth of gdp. Targets of
 * growth are targets of that metric.
 */
export function growthMetricOf(ctx: Context, metric: string): string | undefined {
  const code = growthMetricCode(metric);
  return ctx.registry.find(code) ? code : undefined;
}
