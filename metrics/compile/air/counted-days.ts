import { newestCells } from '../cells/source';
import { type Fragment, sql } from '../sql/fragment';
import type { AirCounting, CompileInput, Window } from '../types';

/**
 * Stored days of counts, one row a day: `value` by the counting, and whether the day is one of those that make a stretch
 * complete (`is_whole`). Where the counting leaves days out on purpose these are all days of the usual basis, the ones left
 * out without a value among them.
 */
export function countedDays(
  input: CompileInput,
  codes: readonly string[],
  window: Window,
  { basis, completeBy }: Pick<AirCounting, 'basis' | 'completeBy'>,
): Fragment {
  const daysOf = (of: string) =>
    newestCells({ metrics: codes, freq: 'D', bases: [of], window, source: input.contract.name });
  if (completeBy === undefined) return sql`SELECT *, toUInt8(1) AS is_whole FROM (${daysOf(basis)})`;
  return sql`
    SELECT metric, region, period, maxIf(counted, is_own) AS value, groupUniqArrayArray(flags) AS cell_flags, toUInt8(max(NOT is_own)) AS is_whole
    FROM (
      SELECT metric, region, period, value AS counted, cell_flags AS flags, 1 AS is_own FROM (${daysOf(basis)})
      UNION ALL SELECT metric, region, period, value, cell_flags, 0 FROM (${daysOf(completeBy)})
    )
    GROUP BY metric, region, period`;
}
