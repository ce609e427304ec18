import type { Regions } from '@/metrics/derive/rule';
import { childrenOf, levelOf, parentOf } from '@/metrics/regions/tree';

/** Counties make cities and cities the province. The nation is more than our province: nothing is rolled up to it. */
export const REGIONS: Regions = {
  childrenOf: (region, atMs) => childrenOf(region, atMs).map(({ code }) => code),
  parentOf,
  mayRollUp: (region) => levelOf(region) === 'province' || levelOf(region) === 'city',
};
