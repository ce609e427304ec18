import { capabilitiesOf, roleTitle, roleTitlesByCapability } from '@/server/access/roles';
import { procedure, router } from '@/server/api/trpc';

export const sessionRouter = router({
  /** Who is signed in, and what they may do. */
  me: procedure.query(({ ctx }) => ({
    kind: ctx.actor.kind,
    name: ctx.actor.name,
    role: ctx.actor.role,
    roleTitle: roleTitle(ctx.actor.role),
    regions: ctx.actor.scope.regions,
    domains: ctx.actor.scope.domains,
    capabilities: capabilitiesOf(ctx.actor.role),
    holders: roleTitlesByCapability(),
  })),
});
