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

/** How much a cell lacks: nothing; so few counties that a rate of the province stands (calculus.md §13); more. */
export const WHOLE = integer(0);
export const NEARLY_WHOLE = integer(1);
export const LACKS = integer(2);

/**
 * What has arrived (scan.ts), with how much a month that is over lacks (calculus.md §13, §15): `short`, counties of the
 * city or province of which no row came; `month_lack`, that or a longer run of working days, at its edges or within, on
 * which nothing of the province arrived. `lack_so_far` and `months_so_far` are of the year up to the month.
 */
export function coverageSql(input: CompileInput, scan: Scan): Fragment {
  const counties = { reporting: reportingCounties(input, sql`heard`), expecting: expectedCounties(input) };
  if (scan.gatherBy === 'hour' || scan.gatherBy === 'minute')
    return sql`SELECT *, 0 AS short, 0 AS month_lack, 0 AS lack_so_far, 1 AS months_so_far FROM (${arrivalSql(scan, { ...counties, quiet: sql`0` })})`;
  const ended = sql`${dayOf(sql`addMonths(month, 1)`)} <= ${instant(input.nowMs)}`;
  // Years of tables in every statement would take longer to read than the rows.
  const near = workdaysWithin(input.workdays, scan.window);
  const quiet = sql`arrayMax(arrayMap((day, next) -> ${workdaysBetween(sql`day`, sql`next - 1`, near)},
      arrayPushFront(told_days, month - 1), arrayPushBack(told_days, toDate(addMonths(month, 1)))))`;
  const years = param([...input.workdays.years], 'Array(UInt32)');
  const ordinary = sql`if(has(${years}, toUInt32(toYear(month))), ${integer(QUIET_WORKDAYS)}, ${integer(QUIET_WEEKDAYS)})`;
  return sql`
    SELECT *, max(month_lack) OVER year AS lack_so_far, count() OVER year AS months_so_far
    FROM (
      SELECT *, if(${ended}, ${lackOfCounties(input, sql`is_heard`)}, ${WHOLE}) AS short,
        if(${ended} AND quiet > ${ordinary}, ${LACKS}, short) AS month_lack
      FROM (${arrivalSql(scan, { ...counties, quiet })})
    )
    WINDOW year AS (PARTITION BY region, toStartOfYear(month) ORDER BY month)`;
}

/** Counties of the regions tree among the rows (`rc`) that tell of them: rows of a city itself or of a zone are no county's. */
export function reportingCounties(
  { counties }: Pick<CompileInput, 'counties'>,
  tells: Fragment = sql`1`,
): Fragment {
  return sql`uniqExactIf(rc, ${tells} AND has(${param([...counties], 'Array(UInt32)')}, rc))`;
}

/**
 * By the counties alone (`reporting`, `expecting`). A city of which only some report lacks; one that reports by itself is
 * whole. A place of which nothing came lacks, whatever is placed there from before. So does the province as soon as one county of the cities that report by county is missing, but its rates stand
 * on 95 % of them. No city has so many counties that one of them would be so few.
 */
export function lackOfCounties(
  { counties }: Pick<CompileInput, 'counties'>,
  isHeard: Fragment = sql`1`,
): Fragment {
  const ofCity = param(
    counties.map((county) => Math.floor(county / 100) * 100),
    'Array(UInt32)',
  );
  return sql`multiIf(region % 10000 != 0, if(NOT ${isHeard} OR reporting > 0 AND reporting < countEqual(${ofCity}, region), ${LACKS}, ${WHOLE}),
    reporting >= expecting, ${WHOLE}, reporting * 100 >= expecting * 95, ${NEARLY_WHOLE}, ${LACKS})`;
}

/** Counties of the cities that report by county, by the rows' places (`rc`). */
export function expectedCounties({ counties }: Pick<CompileInput, 'counties'>): Fragment {
  const all = param([...counties], 'Array(UInt32)');
  return sql`arraySum(arrayMap(city -> countEqual(arrayMap(c -> intDiv(c, 100), ${all}), city), groupUniqArrayIf(intDiv(rc, 100), has(${all}, rc))))`;
}

/** What a lack is called on a cell: a sum lacks whatever little is missing, a rate of nearly everything only says so. */
export function lackFlags(lack: Fragment, isRate: Fragment): Fragment {
  return sql`if(${lack} = ${LACKS} OR (${lack} = ${NEARLY_WHOLE} AND NOT ${isRate}), 'partial', ''),
    if(${lack} = ${NEARLY_WHOLE}, 'nearly_whole', '')`;
}

/** Of a cell's period: the lack that it inherits; a day lacks no other days. */
export const LACK = sql`max(multiIf(freq = 'D', short, basis = 'ytd', lack_so_far, month_lack))`;

/**
 * Whether a stretch begins before everything that had been accepted ahead of the first row is settled: what is placed by
 * more than the business time (a deadline, a closing, what is still open) lacks it there.
 */
export function lacksEarlier({ settledFromMs }: CompileInput, start: Fragment): Fragment {
  return settledFromMs === undefined ? sql`0` : sql`${start} < ${instant(settledFromMs)}`;
}

/** Months that rows tell of in a cell's period, up to its end for what accumulates. */
export const MONTHS_ARRIVED = sql`if(basis = 'ytd', max(months_so_far), count())`;

/** Months of a period, from January for what accumulates; of a running one those that have begun. */
export function monthsExpected(periodEnd: Fragment, nowMs: number): Fragment {
  const begun = sql`addMonths(toStartOfMonth(${instant(nowMs)}), 1)`;
  return sql`dateDiff('month', if(u.basis = 'ytd', toStartOfYear(toDate(u.period)), toDate(u.period)), least(toDate(${periodEnd}), toDate(${begun})))`;
}
