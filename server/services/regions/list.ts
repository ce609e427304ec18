import { z } from 'zod';
import { REGION_LEVELS, type Region } from '@/metrics/model/region';
import { allRegions } from '@/metrics/regions/tree';
import { assertCan, can } from '@/server/access/roles';
import { regionInScope } from '@/server/access/scope';
import type { Context } from '@/server/context';

export const listRegionsInput = z.object({
  level: z.enum(REGION_LEVELS, { error: `level 应为 ${REGION_LEVELS.join('、')} 之一` }).optional(),
  parent: z.coerce.number({ error: 'parent 应为六位区划代码' }).int().optional(),
  /** `all` adds abolished codes, with their successors. */
  state: z.enum(['current', 'all'], { error: 'state 应为 current 或 all' }).default('current'),
});
export type ListRegionsInput = z.input<typeof listRegionsInput>;

/** Administrative units within the reader's scope, by code. */
export function listRegions(ctx: Pick<Context, 'actor'>, input: ListRegionsInput): Region[] {
  if (!can(ctx.actor, 'definition:read')) assertCan(ctx.actor, 'metric:read');
  const { level, parent, state } = listRegionsInput.parse(input);
  return allRegions().filter(
    (region) =>
      regionInScope(ctx.actor.scope, region.code) &&
      (level === undefined || region.level === level) &&
      (parent === undefined || region.parent === parent) &&
      (state === 'all' || region.validToMs === undefined),
  );
}
