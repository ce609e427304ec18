import type { Freq } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { Context } from '@/server/context';
import type { Moment } from '@/server/services/screens/freshness';

/** One metric, one frequency and one basis, as known at one instant: what every section of the page reads. */
export interface Reach extends Moment {
  ctx: Context;
  definition: MetricDefinition;
  freq: Freq;
  basis: string;
}
