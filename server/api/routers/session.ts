import { DOMAIN_TITLES } from '@/metrics/model/definition-vocabulary';
import { regionByCode } from '@/metrics/regions/tree';
import { capabilitiesOf, roleTitle, roleTitlesByCapability } from '@/server/access/roles';
import { procedure, router } from '@/server/api/trpc';

export const sessionRouter = router({
  /** Who is signed in, and what they may do. */
  me: procedure.query(({ ctx }) => ({
    kind: ctx.actor.kind,
    name: ctx.actor.name,
    role: ctx.actor.role,
    roleTitle: roleTitle(ctx.actor.role),
    regionNames: ctx.actor.scope.regions.map((code) => regionByCode(code)?.name ?? String(code)),
    /** null is every domain. */
    domainTitles:
      ctx.actor.scope.domains?.map((domain) => (DOMAIN_TITLES as Record<string, string>)[domain] ?? domain) ??
      null,
    capabilities: capabilitiesOf(ctx.actor.role),
    holders: roleTitlesByCapability(),
  })),
});
