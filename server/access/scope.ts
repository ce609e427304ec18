import type { RegionCode } from '@/metrics/model/cell';
import { regionRange } from '@/metrics/model/region';
import { NATION_CODE, PROVINCE_CODE } from '@/metrics/regions/tree';
import type { DataScope } from '@/server/context';
import { AppError } from '@/server/errors';

export function regionInScope(scope: DataScope, code: RegionCode): boolean {
  return scope.regions.some((owned) => {
    const [low, high] = regionRange(owned);
    return code >= low && code <= high;
  });
}

/**
 * Regions whose figures may be read. What is known of the nation is published for everybody (nothing is rolled up to it,
 * and no detail row is placed there), so whoever has any region may compare with it, and ask where it is from.
 */
export function mayReadRegion(scope: DataScope, code: RegionCode): boolean {
  return regionInScope(scope, code) || (code === NATION_CODE && scope.regions.length > 0);
}

/**
 * Regions whose published figures may be loaded. Who may load the whole province's may load the nation's that they are
 * compared with; nobody's scope is the nation.
 */
export function mayPublishRegion(scope: DataScope, code: RegionCode): boolean {
  return regionInScope(scope, code) || (code === NATION_CODE && regionInScope(scope, PROVINCE_CODE));
}

export function domainInScope(scope: DataScope, domain: string): boolean {
  return scope.domains === null || scope.domains.includes(domain);
}

export function assertRegion(scope: DataScope, code: RegionCode): void {
  if (!regionInScope(scope, code))
    throw new AppError('forbidden', `区划 ${code} 不在您的数据范围内`, { place: 'region' });
}

/** For reads of single figures: the nation's too. */
export function assertReadableRegion(scope: DataScope, code: RegionCode): void {
  if (!mayReadRegion(scope, code)) assertRegion(scope, code);
}

export function assertDomain(scope: DataScope, domain: string): void {
  if (!domainInScope(scope, domain))
    throw new AppError('forbidden', `领域 ${domain} 不在您的数据范围内`, { place: 'metric' });
}

/**
 * The scope as a condition on column `region`, with bound parameters `scope_lo` and `scope_hi`. An empty scope sees
 * nothing. The nation is read beside the scope only where it is asked for by name: it belongs to no list of somebody's
 * regions.
 */
export function regionCondition(
  scope: DataScope,
  named: readonly RegionCode[] = [],
): {
  sql: string;
  params: { scope_lo: number[]; scope_hi: number[] };
} {
  const ranges = scope.regions.map(regionRange);
  if (named.includes(NATION_CODE) && mayReadRegion(scope, NATION_CODE))
    ranges.push([NATION_CODE, NATION_CODE]);
  return {
    sql: 'arrayExists((lo, hi) -> region BETWEEN lo AND hi, {scope_lo:Array(UInt32)}, {scope_hi:Array(UInt32)})',
    params: { scope_lo: ranges.map(([low]) => low), scope_hi: ranges.map(([, high]) => high) },
  };
}
