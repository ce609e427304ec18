import type { Freq } from '@/metrics/model/cell';
import { DERIVED_SOURCES } from '@/metrics/model/derived-source';
import { type Fragment, param, sql, text } from '../sql/fragment';
import { instant } from '../sql/time';
import type { Window } from '../types';

export interface CellSource {
  metrics: readonly string[];
  freq: Freq;
  bases: readonly string[];
  window: Window;
  /** Only cells whose newest vintage this dataset computed: published figures have their own method. */
  source: string;
  /** Also what publishers say in place of the dataset; nothing that is derived. */
  alsoPublished?: boolean;
  /** Also cells that are known to have no value; `ofNothing`: only those of a share whose denominator is known to be 0. */
  withoutValue?: boolean | 'ofNothing';
}

/** Newest vintage of unsliced level cells, those that have a value unless said otherwise; `is_told` by a publisher. */
export function newestCells(cells: CellSource): Fragment {
  const { metrics, freq, bases, window, source, withoutValue } = cells;
  const ofNothing = withoutValue === 'ofNothing' ? sql` OR has(fact.5, 'div0')` : sql``;
  const hasValue = withoutValue === true ? sql`1` : sql`(isNotNull(fact.1)${ofNothing})`;
  const isWanted = cells.alsoPublished
    ? sql`fact.6 NOT IN (${param([...DERIVED_SOURCES, ''], 'Array(String)')})`
    : sql`fact.6 = ${text(source)}`;
  return sql`
    SELECT metric, region, period_at AS period, fact.1 AS value, fact.2 AS numerator, fact.3 AS denominator,
      fact.4 AS samples, fact.5 AS cell_flags, fact.6 != ${text(source)} AS is_told
    FROM (
      SELECT metric, region, period AS period_at,
        argMax((value, numerator, denominator, sample_count, flags, source), (vintage, recorded_at)) AS fact
      FROM observation
      WHERE metric IN (${param([...metrics], 'Array(String)')}) AND freq = ${text(freq)}
        AND basis IN (${param([...bases], 'Array(String)')}) AND measure = 'level' AND slice = ''
        AND period >= ${instant(window.fromMs)} AND period < ${instant(window.toMs)}
      GROUP BY metric, region, period
    )
    WHERE ${hasValue} AND ${isWanted}`;
}
