import type { RegionCode } from '@/metrics/model/cell';
import type { DataScope } from '@/server/context';
import { AppError } from '@/server/errors';

/** Codes covered by a GB/T 2260 code: the digits carry the hierarchy (14 省, 1401 市, 140105 县). Inclusive bounds. */
export function regionRange(code: RegionCode): [number, number] {
  if (code === 100000) return [0, 999999];
  if (code % 10000 === 0) return [code, code + 9999];
  if (code % 100 === 0) return [code, code + 99];
  return [code, code];
}

export function regionInScope(scope: DataScope, code: RegionCode): boolean {
  return scope.regions.some((owned) => {
    const [low, high] = regionRange(owned);
    return code >= low && code <= high;
  });
}

export function domainInScope(scope: DataScope, domain: string): boolean {
  return scope.domains === null || scope.domains.includes(domain);
}

export function assertRegion(scope: DataScope, code: RegionCode): void {
  if (!regionInScope(scope, code))
    throw new AppError('forbidden', `区划 ${code} 不在您的数据范围内`, { place: 'region' });
}

export function assertDomain(scope: DataScope, domain: string): void {
  if (!domainInScope(scope, domain))
    throw new AppError('forbidden', `领域 ${domain} 不在您的数据范围内`, { place: 'metric' });
}

/**
 * The scope as a condition on column `region`, with bound parameters `scope_lo` and `scope_hi`. An empty scope sees
 * nothing.
 */
export function regionCondition(scope: DataScope): {
  sql: string;
  params: { scope_lo: number[]; scope_hi: number[] };
} {
  const ranges = scope.regions.map(regionRange);
  return {
    sql: 'arrayExists((lo, hi) -> region BETWEEN lo AND hi, {scope_lo:Array(UInt32)}, {scope_hi:Array(UInt32)})',
    params: { scope_lo: ranges.map(([low]) => low), scope_hi: ranges.map(([, high]) => high) },
  };
}
