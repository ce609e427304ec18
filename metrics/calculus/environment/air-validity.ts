import { Decimal, type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { meanOf, presentOf } from '../result';

/**
 * Least valid data behind a mean (GB 3095-2012, HJ 663-2013). Configuration: of the 2026 edition only the O3 exception has
 * been checked (calculus.md §15).
 */
export interface AirValidity {
  minutesPerHour: number;
  hoursPer8h: number;
  hoursPerDay: number;
  windowsPerO3Day: number;
  /** An O3 day with fewer windows still counts when its maximum exceeds this, μg/m³. */
  o3ExceptionAbove: number;
  daysPerMonth: number;
  daysPerFebruary: number;
  daysPerYear: number;
}

export const AIR_VALIDITY: AirValidity = {
  minutesPerHour: 45,
  hoursPer8h: 6,
  hoursPerDay: 20,
  windowsPerO3Day: 14,
  o3ExceptionAbove: 160,
  daysPerMonth: 27,
  daysPerFebruary: 25,
  daysPerYear: 324,
};

/** Mean of the valid values, null when there are fewer than `least`. */
export function validMean(values: readonly NumberLike[], least: number): Decimal | null {
  return presentOf(values).length < least ? null : meanOf(values);
}

/** Daily mean of 24 hourly values (labels 01:00 … 24:00, each the end of its hour). */
export function dailyMean(hours: readonly NumberLike[], validity = AIR_VALIDITY): Decimal | null {
  return validMean(hours, validity.hoursPerDay);
}

/**
 * O3 日最大8小时: largest of the 8 h means ending at 08:00 … 24:00 of one natural day. Needs 14 valid windows, unless the
 * maximum already exceeds 160.
 *
 * @param hours 24 values, index 0 is the label 01:00
 */
export function o3DailyMax8h(hours: readonly NumberLike[], validity = AIR_VALIDITY): Decimal | null {
  if (hours.length !== 24) throw new RangeError(`a day has 24 hourly labels, got ${hours.length}`);
  const windows: Decimal[] = [];
  for (let end = 8; end <= 24; end += 1) {
    const mean = validMean(hours.slice(end - 8, end), validity.hoursPer8h);
    if (mean !== null) windows.push(mean);
  }
  if (windows.length === 0) return null;
  const largest = Decimal.max(...windows);
  const enough = windows.length >= validity.windowsPerO3Day || largest.gt(validity.o3ExceptionAbove);
  return enough ? largest : null;
}

/** Monthly mean of daily values: at least 27 valid days, 25 in February. */
export function monthlyMean(
  days: readonly NumberLike[],
  month: number,
  validity = AIR_VALIDITY,
): Decimal | null {
  return validMean(days, month === 2 ? validity.daysPerFebruary : validity.daysPerMonth);
}

/** Annual mean of daily values: at least 324 valid days. */
export function annualMean(days: readonly NumberLike[], validity = AIR_VALIDITY): Decimal | null {
  return validMean(days, validity.daysPerYear);
}

/** City value of one hour: mean over its evaluation points with a value. Never average their AQIs (T40). */
export function cityHour(stations: readonly NumberLike[]): Decimal | null {
  return meanOf(stations.filter((value) => !toDecimal(value)?.isNegative()));
}
