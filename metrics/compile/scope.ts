import type { RegionCode } from '@/metrics/model/cell';
import { regionRange } from '@/metrics/model/region';
import { type Fragment, ident, param, render, sql } from './sql/fragment';
import type { CompiledStatement, CompileScope, StatementDraft } from './types';

/** Whether the region in `column` belongs to the asking person, or null when everything does. */
export function regionsWithin(scope: CompileScope, column: Fragment): Fragment | null {
  if (scope === 'system') return null;
  const bounds = scope.regions.map(regionRange);
  const low = param(
    bounds.map(([from]) => from),
    'Array(UInt32)',
  );
  const high = param(
    bounds.map(([, to]) => to),
    'Array(UInt32)',
  );
  return sql`arrayExists((lo, hi) -> ${column} BETWEEN lo AND hi, ${low}, ${high})`;
}

export function domainWithin(scope: CompileScope, domain: string): boolean {
  return scope === 'system' || scope.domains === null || scope.domains.includes(domain);
}

/**
 * Binds the values. A person's statement returns own regions only, whatever it had to read, and completes no window:
 * storing it would withdraw the cells of everybody else.
 */
export function finishStatement(draft: StatementDraft, scope: CompileScope): CompiledStatement {
  const own = regionsWithin(scope, ident('region'));
  if (own === null) return { ...draft, select: render(draft.select) };
  // A layer is read whole, or the sums above a region would be of its own rows alone; its rule knows whose cells to give.
  if (draft.layer) return { ...draft, complete: [], select: render(draft.select) };
  return { ...draft, complete: [], select: render(sql`SELECT * FROM (${draft.select}) WHERE ${own}`) };
}

/** {@link regionsWithin} for one region that is at hand. */
export function regionWithin(scope: CompileScope, region: RegionCode): boolean {
  if (scope === 'system') return true;
  return scope.regions.map(regionRange).some(([from, to]) => region >= from && region <= to);
}
