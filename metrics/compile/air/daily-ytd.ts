import { asValue, NO_VALUE, quotient } from '../sql/decimal';
import { type Fragment, integer, param, sql, text } from '../sql/fragment';
import { ZONE } from '../sql/time';
import type { AirCounting, CompileInput, StatementDraft, Window } from '../types';
import { countedDays } from './counted-days';
import type { AirMetric } from './resolve';

/**
 * 本年累计 day by day, for counts of days: read against the year's target every morning. It stands on the valid days up to
 * that day, and is there on a day that is itself invalid for the unit as soon as anything of the day has arrived; with
 * fewer valid days than a year needs (HJ 663) it is `partial`. The province averages the cities with a valid day.
 */
export function airDailyYtdStatement(
  input: CompileInput,
  base: readonly AirMetric[],
  years: Window,
  counting?: AirCounting,
): StatementDraft | undefined {
  const counts = base.filter((metric) => metric.kind === 'day_count');
  if (counts.length === 0) return undefined;
  const codes = counts.map(({ code }) => code);
  const judging = param(
    counts.filter(({ judgesMissing }) => judgesMissing).map(({ code }) => code),
    'Array(String)',
  );
  const basis = counting?.ytdBasis ?? 'ytd';
  const version = sql`multiIf(${counts.map(({ code, version: v }) => sql`metric = ${text(code)}, ${integer(v)}`)}, 0)`;
  const { cities, air, contract } = input;
  const select = sql`
SELECT metric, 'D' AS freq, target AS region, '' AS slice, ${text(basis)} AS basis, 'level' AS measure, toDateTime(day, ${text(ZONE)}) AS period,
  ${quotient(sql`sum(total)`, sql`count()`)} AS value, ${asValue(sql`sum(total)`)} AS numerator,
  ${asValue(sql`toDecimal128(count(), 10)`)} AS denominator, toUInt64(sum(days)) AS sample_count, 'final' AS status,
  arrayFilter(f -> f != '', [if(max(any_demo), 'demo', ''), if((target % 10000 = 0 AND count() < ${integer(cities.length)}) OR min(whole) * 365 < toDayOfYear(day) * ${integer(air.validity.daysPerYear)}, 'partial', '')]) AS flags,
  ${text(contract.name)} AS source, toUInt32(${version}) AS definition_version
FROM (
  SELECT metric, region, day, sum(fact) OVER up_to_day AS total, count(fact) OVER up_to_day AS days, sum(is_whole) OVER up_to_day AS whole, max(demo) OVER up_to_day AS any_demo
  FROM (${everyDay(input, codes, years, counting)})
  WINDOW up_to_day AS (PARTITION BY metric, region, toYear(day) ORDER BY day)
)
ARRAY JOIN if(region % 100 = 0, [region, toUInt32(intDiv(region, 10000) * 10000)], [region]) AS target
WHERE isNotNull(total) AND NOT (target % 10000 = 0 AND total = 0 AND has(${judging}, metric))
GROUP BY metric, target, day`;
  return {
    name: `air daily ${basis}`,
    metrics: codes,
    complete: codes.map((metric) => ({ metric, freq: 'D' as const, basis, ...years })),
    select,
  };
}

/** A unit's days of a year from its first count on, without a `fact` where the day is invalid for it or did not arrive. */
function everyDay(
  input: CompileInput,
  codes: readonly string[],
  window: Window,
  counting: AirCounting | undefined,
): Fragment {
  const cells = countedDays(input, codes, window, counting ?? { basis: 'period' });
  const others = sql`arrayFilter(d -> d > arrayMin(own_days) AND NOT has(own_days, d), arrived)`;
  return sql`
    SELECT metric, region, one.1 AS day, one.2 AS fact, one.3 AS demo, one.4 AS is_whole
    FROM (
      SELECT metric, region, own, own_days, groupUniqArrayArray(own_days) OVER (PARTITION BY year) AS arrived
      FROM (
        SELECT metric, region, toYear(period) AS year, groupArray(toDate(period)) AS own_days,
          groupArray((toDate(period), ${asValue(sql`value`)}, has(cell_flags, 'demo'), is_whole)) AS own
        FROM (${cells})
        WHERE region % 10000 != 0
        GROUP BY metric, region, year
      )
    )
    ARRAY JOIN arrayConcat(own, arrayMap(d -> (d, ${NO_VALUE}, toUInt8(0), toUInt8(0)), ${others})) AS one`;
}
