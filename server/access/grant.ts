import { z } from 'zod';
import { DOMAINS } from '@/metrics/model/definition-vocabulary';
import { regionByCode } from '@/metrics/regions/tree';
import { domainInScope, regionInScope } from '@/server/access/scope';
import { type Actor, ROLES } from '@/server/context';
import { AppError } from '@/server/errors';

/** Role and data scope as an administrator gives them, to a person, a token or a wall. */
export const roleSchema = z.enum(ROLES, { error: `角色应为 ${ROLES.join('、')} 之一` });
export const regionsSchema = z
  .array(
    z
      .number()
      .int()
      .refine((code) => regionByCode(code) !== undefined, { error: '不是现行的 GB/T 2260 区划代码' }),
  )
  .min(1, '至少给出一个区划代码')
  .max(200);
/** null: every domain. */
export const domainsSchema = z
  .array(z.enum(DOMAINS, { error: `领域应为 ${DOMAINS.join('、')} 之一` }))
  .min(1, '至少给出一个领域,或不限领域')
  .nullable();

/** Nobody gives away more than they may see themselves. */
export function assertMayGrant(
  actor: Actor,
  grant: { regions: readonly number[]; domains: readonly string[] | null },
): void {
  const region = grant.regions.find((code) => !regionInScope(actor.scope, code));
  if (region !== undefined)
    throw new AppError('forbidden', `区划 ${region} 超出您自己的数据范围,不能授予他人`, { place: 'regions' });
  const wanted = grant.domains;
  const beyond =
    wanted === null ? actor.scope.domains !== null : wanted.some((d) => !domainInScope(actor.scope, d));
  if (beyond) throw new AppError('forbidden', '领域超出您自己的数据范围,不能授予他人', { place: 'domains' });
}
