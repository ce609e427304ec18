import { type Fragment, integer, param, sql } from '../sql/fragment';
import { instant } from '../sql/time';
import type { CompileInput } from '../types';
import { workdaysBetween, workdaysWithin } from '../workdays';
import { arrivalSql, dayOf, type Scan } from './scan';

/**
 * Working days in a row without any row of the province that are still ordinary, and the same in a year whose holidays
 * are not known: the longest ones take six weekdays in a row.
 */
const QUIET_WORKDAYS = 3;
const QUIET_WEEKDAYS = 6;

/**
 * What has arrived (scan.ts), with what a month that is over lacks (calculus.md §13, §15): `short`, counties of the
 * city of which no row came, of the province more than a rate may lack; `lacking`, that or a longer run of working days,
 * at its edges or within, on which nothing of the province arrived. `lacking_so_far` and `months_so_far` are of the year
 * up to the month.
 */
export function coverageSql(input: CompileInput, scan: Scan): Fragment {
  const counties = { reporting: reportingCounties(input), expecting: expectedCounties(input) };
  if (scan.gatherBy === 'hour' || scan.gatherBy === 'minute')
    return sql`SELECT *, 0 AS short, 0 AS month_lacking, 0 AS lacking_so_far, 1 AS months_so_far FROM (${arrivalSql(scan, { ...counties, quiet: sql`0` })})`;
  const ended = sql`${dayOf(sql`addMonths(month, 1)`)} <= ${instant(input.nowMs)}`;
  // Years of tables in every statement would take longer to read than the rows.
  const near = workdaysWithin(input.workdays, scan.window);
  const quiet = sql`arrayMax(arrayMap((day, next) -> ${workdaysBetween(sql`day`, sql`next - 1`, near)},
      arrayPushFront(days, month - 1), arrayPushBack(days, toDate(addMonths(month, 1)))))`;
  const years = param([...input.workdays.years], 'Array(UInt32)');
  const ordinary = sql`if(has(${years}, toUInt32(toYear(month))), ${integer(QUIET_WORKDAYS)}, ${integer(QUIET_WEEKDAYS)})`;
  return sql`
    SELECT *, max(month_lacking) OVER year AS lacking_so_far, count() OVER year AS months_so_far
    FROM (
      SELECT *, ${ended} AND (${lacksCounties(input)} OR ${FEW_COUNTIES}) AS short,
        short OR (${ended} AND quiet > ${ordinary}) AS month_lacking
      FROM (${arrivalSql(scan, { ...counties, quiet })})
    )
    WINDOW year AS (PARTITION BY region, toStartOfYear(month) ORDER BY month)`;
}

/** Counties of the regions tree among the rows (`rc`): rows of a city itself or of a zone are no county's. */
export function reportingCounties({ counties }: Pick<CompileInput, 'counties'>): Fragment {
  return sql`uniqExactIf(rc, has(${param([...counties], 'Array(UInt32)')}, rc))`;
}

/** A city of which only some counties report; one that reports by itself is whole. */
export function lacksCounties({ counties }: Pick<CompileInput, 'counties'>): Fragment {
  const ofCity = param(
    counties.map((county) => Math.floor(county / 100) * 100),
    'Array(UInt32)',
  );
  return sql`(region % 10000 != 0 AND reporting > 0 AND reporting < countEqual(${ofCity}, region))`;
}

/** The province with rows of less than 95 % of its counties, which is the least that a rate may stand on. */
const FEW_COUNTIES = sql`(region % 10000 = 0 AND reporting * 100 < expecting * 95)`;

/** Counties of the cities that report by county. */
function expectedCounties({ counties }: Pick<CompileInput, 'counties'>): Fragment {
  const all = param([...counties], 'Array(UInt32)');
  return sql`arraySum(arrayMap(city -> countEqual(arrayMap(c -> intDiv(c, 100), ${all}), city), groupUniqArrayIf(intDiv(rc, 100), has(${all}, rc))))`;
}

/** Of a cell's period: the lack that it inherits; a day lacks no other days. */
export const LACKING = sql`max(multiIf(freq = 'D', short, basis = 'ytd', lacking_so_far, month_lacking))`;

/**
 * Whether a stretch begins before everything that had been accepted ahead of the first row is settled: what is placed by
 * more than the business time (a deadline, a closing, what is still open) lacks it there.
 */
export function lacksEarlier({ settledFromMs }: CompileInput, start: Fragment): Fragment {
  return settledFromMs === undefined ? sql`0` : sql`${start} < ${instant(settledFromMs)}`;
}

/** Months with rows in a cell's period, up to its end for what accumulates. */
export const MONTHS_ARRIVED = sql`if(basis = 'ytd', max(months_so_far), count())`;

/** Months of a period, from January for what accumulates; of a running one those that have begun. */
export function monthsExpected(periodEnd: Fragment, nowMs: number): Fragment {
  const begun = sql`addMonths(toStartOfMonth(${instant(nowMs)}), 1)`;
  return sql`dateDiff('month', if(u.basis = 'ytd', toStartOfYear(toDate(u.period)), toDate(u.period)), least(toDate(${periodEnd}), toDate(${begun})))`;
}
