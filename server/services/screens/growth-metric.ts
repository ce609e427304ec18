import { growthMetricCode } from '@/metrics/workings/growth-of';
import { domainInScope } from '@/server/access/scope';
import type { Context } from '@/server/context';

/**
 * The metric that is itself the published growth of this one, by the catalogue's naming: gdp_growth of gdp. Targets of
 * growth are targets of that metric.
 */
export function growthMetricOf(ctx: Context, metric: string): string | undefined {
  const code = growthMetricCode(metric);
  return ctx.registry.find(code) ? code : undefined;
}

/** The same for what one reader sees; undefined where its domain is not his. */
export function readableGrowthMetric(ctx: Context, metric: string): string | undefined {
  const code = growthMetricOf(ctx, metric);
  const domain = code === undefined ? undefined : ctx.registry.get(code).definition.domain;
  return domain !== undefined && domainInScope(ctx.actor.scope, domain) ? code : undefined;
}
