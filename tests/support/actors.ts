import type { Actor, Role } from '@/server/context';

/** Someone with this role; by default with the whole province and every domain. */
export function actorOf(role: Role, scope: Partial<Actor['scope']> = {}): Actor {
  return {
    kind: 'user',
    id: `test-${role}`,
    name: role,
    role,
    scope: { regions: [140000], domains: null, ...scope },
  };
}
