import { Decimal, type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { meanOf, noResult, type Result, resultOf } from './result';

/** Shorter monthly series are not adjusted (calculus.md §17). */
export const MIN_SEASONAL_MONTHS = 36;

/**
 * Multiplicative seasonal factors by the simple ratio to the centred 12-term moving average, scaled to a mean of 1.
 * For internal warning only, always marked 内部季调; official adjusted rates are only ever the published ones.
 *
 * @param values consecutive months, oldest first; a gap in them makes the affected averages missing
 * @param firstMonth calendar month (1–12) of the first value
 * @returns factor by calendar month (index 0 is January); null when the series is short or a month has none
 */
export function seasonalFactors(values: readonly NumberLike[], firstMonth: number): Decimal[] | null {
  const series = values.map(toDecimal);
  // Months without a figure make no series longer.
  if (series.filter((value) => value !== null).length < MIN_SEASONAL_MONTHS) return null;
  const ratios: Decimal[][] = Array.from({ length: 12 }, () => []);
  for (let t = 6; t + 6 < series.length; t += 1) {
    const average = centredAverage(series, t);
    const value = series[t];
    if (average === null || average.isZero() || !value) continue;
    ratios[(firstMonth - 1 + t) % 12]?.push(value.div(average));
  }
  const raw = ratios.map(meanOf);
  const mean = raw.includes(null) ? null : meanOf(raw);
  if (mean === null || mean.isZero()) return null;
  return raw.map((factor) => (factor ?? new Decimal(1)).div(mean));
}

/** Seasonally adjusted value: x / factor (T36), marked 内部季调. */
export function seasonallyAdjusted(value: NumberLike, factor: NumberLike): Result {
  const x = toDecimal(value);
  const sf = toDecimal(factor);
  const operands = { value, seasonal_factor: factor };
  if (x === null || sf === null) return noResult('operand_missing', operands);
  if (sf.isZero()) return noResult('div0', operands);
  return resultOf(x.div(sf), operands, { flags: ['internal_sa'] });
}

/** 2×12 moving average centred on t: half weight for both ends, so that every calendar month counts once. */
function centredAverage(series: readonly (Decimal | null)[], t: number): Decimal | null {
  let sum: Decimal = new Decimal(0);
  for (let k = -6; k <= 6; k += 1) {
    const value = series[t + k];
    if (!value) return null;
    sum = sum.plus(Math.abs(k) === 6 ? value.div(2) : value);
  }
  return sum.div(12);
}
