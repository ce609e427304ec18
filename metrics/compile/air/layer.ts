import type { DatasetContract } from '@/metrics/model/dataset';
import { quotient } from '../sql/decimal';
import { type Fragment, ident, integer, sql, text } from '../sql/fragment';
import { instant, ZONE } from '../sql/time';
import type { AirRules, CompileInput, Window } from '../types';
import { type OtherIndex, POLLUTANTS, withAqi } from './aqi';
import { SANDLESS_DAYS, SANDLESS_HOURS, UNDER_SAND } from './sand';

const each = (f: (name: Fragment, pollutant: (typeof POLLUTANTS)[number]) => Fragment): Fragment[] =>
  POLLUTANTS.map((pollutant) => f(ident(pollutant), pollutant));

/**
 * Hourly values of cities and counties: the mean of their stations. A row's label is the end of its hour, a period is
 * named by its beginning. Negative readings are an instrument's error. A series of city means (station_kind `city`)
 * stands in where an hour has no station, not where its stations are under sand. Rows coded above city level have no place.
 *
 * @param sand the column that marks rows under sand: their particulates are left out of further means
 */
export function unitHours(
  contract: DatasetContract,
  condition: Fragment,
  time: string,
  hours: Window,
  sand?: string,
): Fragment {
  const label = ident(time);
  const mean = (name: Fragment, of: Fragment) =>
    quotient(sql`ifNull(sumIf(toDecimal128(assumeNotNull(${name}), 10), ${of}), 0)`, sql`countIf(${of})`);
  const marked = sand === undefined ? [] : [sql`${ident(sand)} = 1 AS is_sand`];
  const sandless = (f: (name: Fragment) => Fragment) =>
    sand === undefined ? [] : UNDER_SAND.map((pollutant) => f(ident(pollutant)));
  return sql`
    SELECT region, hour, max(row_demo) AS demo, count() AS row_count,
      ${[
        ...each((name) => {
          const valid = sql`ifNull(${name} >= 0, 0)`;
          return sql`ifNull(${mean(name, sql`${valid} AND NOT stands_in`)}, ${mean(name, sql`${valid} AND stands_in`)}) AS ${prefixed('h_', name)}`;
        }),
        ...sandless((name) => {
          const own = sql`ifNull(${name} >= 0, 0) AND NOT stands_in`;
          const standsIn = sql`ifNull(${name} >= 0, 0) AND stands_in`;
          return sql`if(countIf(${own}) > 0, ${mean(name, sql`${own} AND NOT is_sand`)}, ${mean(name, sql`${standsIn} AND NOT is_sand`)}) AS ${prefixed(SANDLESS_HOURS, name)}`;
        }),
      ]}
    FROM (
      SELECT ${[...each((name) => name), ...marked]}, ${ident(contract.regionColumn)} AS rc, station_kind = 'city' AS stands_in,
        toDateTime(${label} - INTERVAL 1 HOUR, ${text(ZONE)}) AS hour, is_demo AS row_demo
      FROM ${ident(contract.name)} FINAL
      WHERE ${label} > ${instant(hours.fromMs)} AND ${label} <= ${instant(hours.toMs)} AND ${condition}
    )
    ARRAY JOIN arrayDistinct([toUInt32(intDiv(rc, 100) * 100), toUInt32(rc)]) AS region
    WHERE region % 10000 != 0
    GROUP BY region, hour`;
}

export function prefixed(prefix: string, name: Fragment): Fragment {
  const [chunk] = name.chunks;
  if (chunk?.kind !== 'identifier') throw new Error('an identifier is needed');
  return ident(`${prefix}${chunk.name}`);
}

/**
 * Days of cities and counties: means of at least 20 valid hours, O3 as its largest 8 h mean, and their AQI; beside it those
 * without sand where the hours are told without it.
 */
export function unitDays(
  input: CompileInput,
  hours: Fragment,
  sandless: readonly OtherIndex[] = [],
): Fragment {
  const { validity } = input.air;
  const running = sql`(toDateTime(day + 1, ${text(ZONE)}) > ${instant(input.nowMs)})`;
  // A running day has not had the chance of 20 hours: its mean so far is shown as 进行中.
  const dayMean = (hour: string, as: string) => {
    const x = ident(hour);
    return sql`if(count(${x}) >= if(${running}, 1, ${integer(validity.hoursPerDay)}), ${quotient(sql`ifNull(sum(${x}), 0)`, sql`count(${x})`)}, NULL) AS ${ident(as)}`;
  };
  const means = POLLUTANTS.filter((pollutant) => pollutant !== 'o3').map((pollutant) =>
    dayMean(`h_${pollutant}`, `day_${pollutant}`),
  );
  const others = (sandless.length > 0 ? UNDER_SAND : []).map((pollutant) =>
    dayMean(`${SANDLESS_HOURS}${pollutant}`, `${SANDLESS_DAYS}${pollutant}`),
  );
  const days = sql`
    SELECT region, toDate(hour) AS day, max(demo) AS day_demo, ${[...means, ...others]},
      groupArrayInsertAt(toDecimal128(-1, 10), 24)(ifNull(h_o3, toDecimal128(-1, 10)), toUInt32(toHour(hour))) AS o3_hours,
      ${each((name) => sql`count(${prefixed('h_', name)}) AS ${prefixed('n_', name)}`)}
    FROM (${hours})
    GROUP BY region, day`;
  return withAqi(
    withMda8(days, input.air, running),
    'day',
    'day_',
    input.air,
    sql`toDateTime(day, ${text(ZONE)})`,
    sandless,
  );
}

/**
 * A SELECT over `from` with `day_o3` out of the 24 hours `o3_hours` (−1: missing). Windows end at 08:00 … 24:00; each needs
 * 6 hours, the day 14 windows unless its maximum exceeds 160.
 */
function withMda8(from: Fragment, rules: AirRules, running: Fragment): Fragment {
  const { hoursPer8h, windowsPerO3Day, o3ExceptionAbove } = rules.validity;
  const mean = quotient(sql`arraySum(w)`, sql`length(w)`);
  return sql`
    SELECT *, if(notEmpty(o3_means) AND (${running} OR length(o3_means) >= ${integer(windowsPerO3Day)} OR arrayMax(o3_means) > ${integer(o3ExceptionAbove)}), toNullable(arrayMax(o3_means)), NULL) AS day_o3
    FROM (
      SELECT *, arrayMap(w -> assumeNotNull(${mean}), arrayFilter(w -> length(w) >= ${integer(hoursPer8h)}, o3_windows)) AS o3_means
      FROM (SELECT *, arrayMap(e -> arrayFilter(x -> x >= 0, arraySlice(o3_hours, e - 7, 8)), range(8, 25)) AS o3_windows FROM (${from}))
    )`;
}
