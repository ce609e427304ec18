import type { Actor, Role } from '@/server/context';
import { AppError } from '@/server/errors';

/** What a role may do. A verb asks for exactly one of these, before it looks at the data scope. */
const CAPABILITIES = {
  leader: ['screen:read', 'metric:read'],
  analyst: ['screen:read', 'metric:read', 'metric:export', 'calendar:read'],
  operator: [
    'screen:read',
    'metric:read',
    'metric:export',
    'dataset:read',
    'load:read',
    'load:create',
    'job:read',
    'job:run',
    'definition:read',
    'boundary:read',
    'boundary:write',
    'calendar:read',
    'calendar:write',
  ],
  admin: [
    'screen:read',
    'metric:read',
    'metric:export',
    'dataset:read',
    'load:read',
    'load:create',
    'job:read',
    'job:run',
    'definition:read',
    'boundary:read',
    'boundary:write',
    'calendar:read',
    'calendar:write',
    'user:read',
    'user:write',
    'token:read',
    'token:write',
    'device:read',
    'device:write',
    'audit:read',
  ],
  auditor: ['dataset:read', 'load:read', 'job:read', 'definition:read', 'calendar:read', 'audit:read'],
} as const satisfies Record<Role, readonly string[]>;

export type Capability = (typeof CAPABILITIES)[Role][number];

export function can(actor: Pick<Actor, 'role'>, capability: Capability): boolean {
  return (CAPABILITIES[actor.role] as readonly Capability[]).includes(capability);
}

/** Everything this role may do, for showing only what can be used. */
export function capabilitiesOf(role: Role): readonly Capability[] {
  return CAPABILITIES[role];
}

const ROLE_TITLES: Record<Role, string> = {
  leader: '领导',
  analyst: '分析员',
  operator: '运维员',
  admin: '管理员',
  auditor: '审计员',
};

export function roleTitle(role: Role): string {
  return ROLE_TITLES[role];
}

/** By capability, the titles of the roles that have it: so that a refusal can say whom to ask. */
export function roleTitlesByCapability(): Record<string, string[]> {
  const titles: Record<string, string[]> = {};
  for (const role of Object.keys(CAPABILITIES) as Role[])
    for (const capability of CAPABILITIES[role]) {
      titles[capability] ??= [];
      titles[capability].push(ROLE_TITLES[role]);
    }
  return titles;
}

/** @throws AppError `forbidden` naming the role and what it may not do. */
export function assertCan(actor: Pick<Actor, 'role'>, capability: Capability): void {
  if (!can(actor, capability))
    throw new AppError('forbidden', `${roleTitle(actor.role)}角色无权执行此操作`, { place: capability });
}
