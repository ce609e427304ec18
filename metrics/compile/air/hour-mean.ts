import type { RegionCode } from '@/metrics/model/cell';
import type { DatasetContract } from '@/metrics/model/dataset';
import { compileCondition } from '../expression';
import { asValue, quotient } from '../sql/decimal';
import { ident, integer, type RenderedSql, render, sql } from '../sql/fragment';
import type { Pollutant } from './aqi';
import { unitHours } from './layer';

interface HourMean {
  contract: DatasetContract;
  /** Which rows count, and the column of their time: those of the metrics that the AQI is made of. */
  where: string | undefined;
  time: string | undefined;
  pollutant: Pollutant;
  region: RegionCode;
  hour: { fromMs: number; toMs: number };
}

const PROVINCE = 10_000;

/**
 * One row: the mean of a pollutant in one hour (`value`, null without any), by the same statement that the hourly AQI
 * is made with. For what has no cell of its own: the ozone of one hour.
 */
export function hourMeanSql({ contract, where, time, pollutant, region, hour }: HourMean): RenderedSql {
  const condition = compileCondition(where, {
    columns: new Set(contract.columns.map(({ name }) => name)),
    workdays: { offWeekdays: [], extraWorkdays: [], years: [] },
  });
  const units = unitHours(contract, condition, time ?? contract.businessTime, hour);
  const own =
    region % PROVINCE === 0
      ? sql`region % 100 = 0 AND intDiv(region, ${integer(PROVINCE)}) = ${integer(region / PROVINCE)}`
      : sql`region = ${integer(region)}`;
  const mean = ident(`h_${pollutant}`);
  return render(
    sql`SELECT ${asValue(quotient(sql`ifNull(sum(${mean}), 0)`, sql`count(${mean})`))} AS value FROM (${units}) WHERE ${own}`,
  );
}
