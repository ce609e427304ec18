import { DATA_STATES } from '@/metrics/model/data-state';
import type { MetricList } from '@/server/services/desk/types';

export const STATES = ['all', ...DATA_STATES] as const;
export type StateFilter = (typeof STATES)[number];

/**
 * Domains with the metrics that hold every word of the text in their name, code, English name, owner or domain;
 * domains without any are left out.
 */
export function matchingDomains(list: MetricList, text: string, state: StateFilter): MetricList['domains'] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return list.domains
    .map((domain) => ({
      ...domain,
      metrics: domain.metrics.filter((metric) => {
        if (state !== 'all' && metric.state !== state) return false;
        const { name, code, nameEn, owner, domainTitle } = metric;
        const hay = [name, code, nameEn, owner, domainTitle].join('\n').toLowerCase();
        return words.every((word) => hay.includes(word));
      }),
    }))
    .filter(({ metrics }) => metrics.length > 0);
}
