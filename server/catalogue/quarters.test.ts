import { expect, it } from 'vitest';
import { askedByQuarter } from '@/metrics/compile/quarters';
import { readShippedCatalogue } from './read';

it('quarters are asked for by quarterly metrics and all that these are made of, not by the rest', () => {
  const asked = askedByQuarter(readShippedCatalogue());
  // biz_env_index ← entities_per_1000 ← entity_total, and ← service_avg_days.
  for (const code of ['gdp', 'biz_env_index', 'entities_per_1000', 'entity_total', 'service_avg_days'])
    expect([code, asked.has(code)]).toEqual([code, true]);
  for (const code of ['hotline_requests', 'pm25_avg', 'infectious_cases'])
    expect([code, asked.has(code)]).toEqual([code, false]);
});
