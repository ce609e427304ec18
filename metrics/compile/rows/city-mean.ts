import { asValue, quotient } from '../sql/decimal';
import { type Fragment, sql } from '../sql/fragment';

/**
 * The province of `mean_of_cities` metrics: the equal mean of its cities that have a value, in the same pass as all
 * others (calculus.md §13). Its parts are the sum over the cities and their number; fewer cities than there are is
 * `partial`, so coverage counts values here, not reports.
 */
export function withCityMeans(facts: Fragment): Fragment {
  const isCity = sql`by_city AND region % 100 = 0 AND region % 10000 != 0`;
  const isMean = sql`(by_city AND region % 10000 = 0)`;
  return sql`
  SELECT metric, freq, basis, region, period, dim, dim_value, samples, version, demo, running, mark, lack, is_rate,
    if(${isMean}, ${quotient(sql`city_total`, sql`city_count`)}, own_fact) AS fact,
    if(${isMean}, ${asValue(sql`city_total`)}, own_top) AS top,
    if(${isMean}, ${asValue(sql`toDecimal128(city_count, 10)`)}, own_bottom) AS bottom,
    if(${isMean}, city_count, own_cities) AS cities
  FROM (
    SELECT * EXCEPT (fact, top, bottom, cities), fact AS own_fact, top AS own_top, bottom AS own_bottom, cities AS own_cities,
      ifNull(sumIf(fact, ${isCity}) OVER cell, 0) AS city_total, countIf(${isCity} AND isNotNull(fact)) OVER cell AS city_count
    FROM (${facts})
    WINDOW cell AS (PARTITION BY metric, freq, basis, period, dim, dim_value, intDiv(region, 10000))
  )
  WHERE NOT ${isMean} OR city_count > 0`;
}
