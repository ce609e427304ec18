import type { RegionCode } from '@/metrics/model/cell';
import { ancestorsOf } from '@/metrics/regions/tree';
import type { Context } from '@/server/context';
import { AppError } from '@/server/errors';
import { regionRef } from '@/server/services/screens/reading';
import type { RegionRef } from '@/server/services/screens/types';

const PROVINCE: RegionCode = 140000;

/**
 * Where a reader starts: the province when the scope holds it, else the widest region of the scope, lowest code first.
 * @throws AppError `forbidden` for a scope without regions.
 */
export function widestRegion(ctx: Context): RegionRef {
  const { regions } = ctx.actor.scope;
  if (regions.includes(PROVINCE) || regions.includes(100000)) return regionRef(PROVINCE);
  const [widest] = [...regions].sort((a, b) => ancestorsOf(a).length - ancestorsOf(b).length || a - b);
  if (widest === undefined) throw new AppError('forbidden', '您的数据范围为空', { place: 'region' });
  return regionRef(widest);
}
