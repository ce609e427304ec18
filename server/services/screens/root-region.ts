import { ancestorsOf, levelOf, PROVINCE_CODE } from '@/metrics/regions/tree';
import { regionInScope } from '@/server/access/scope';
import type { Context } from '@/server/context';
import { AppError } from '@/server/errors';
import { regionRef } from '@/server/services/screens/reading';
import type { RegionRef } from '@/server/services/screens/types';

/**
 * Where a reader starts: the province when the scope holds it, else the widest region of the scope, lowest code first.
 * @throws AppError `forbidden` for a scope without regions.
 */
export function rootRegion(ctx: Pick<Context, 'actor'>): RegionRef {
  const { scope } = ctx.actor;
  if (regionInScope(scope, PROVINCE_CODE)) return regionRef(PROVINCE_CODE);
  const known = scope.regions.filter((code) => levelOf(code) !== undefined);
  const [widest] = known.sort((a, b) => ancestorsOf(a).length - ancestorsOf(b).length || a - b);
  if (widest === undefined) throw new AppError('forbidden', '您的数据范围内没有地区', { place: 'region' });
  return regionRef(widest);
}
