import { Decimal, decimalText, type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { roundDecimal } from '@/metrics/format/rounding';
import { meanOf } from '../result';
import {
  FIRST_POLLUTANTS,
  PH_INTERVAL,
  WATER_DIGITS,
  WATER_ITEMS,
  WATER_LIMITS,
  type WaterClass,
  type WaterItem,
} from './water-standard';

export type WaterSample = Partial<Record<WaterItem, NumberLike>>;

export interface MainPollutant {
  item: WaterItem;
  class: WaterClass;
  /** 超标倍数 (C − S)/S over class Ⅲ; dissolved oxygen and pH have none. */
  excess: string | null;
}

export interface WaterVerdict {
  /** Worst class of the items; null when none was measured. */
  class: WaterClass | null;
  items: Partial<Record<WaterItem, WaterClass>>;
  /** Only when worse than Ⅲ: at most three, cyanide and heavy metals first, then the worst class, then by excess. */
  main: MainPollutant[];
}

/**
 * Class of one item: the best class whose limit it meets; a value on a limit belongs to the better class (T48). pH outside
 * 6–9 is 劣Ⅴ. Null for a missing value.
 */
export function waterItemClass(item: WaterItem, value: NumberLike): WaterClass | null {
  const c = toDecimal(value);
  if (c === null) return null;
  if (item === 'ph') return c.gte(PH_INTERVAL.low) && c.lte(PH_INTERVAL.high) ? 1 : 6;
  const met = WATER_LIMITS[item].findIndex((limit) => (item === 'do' ? c.gte(limit) : c.lte(limit)));
  return met < 0 ? 6 : ((met + 1) as WaterClass);
}

/**
 * Water class by the single worst item (GB 3838-2002, 环办〔2011〕22号; T47). Each value is rounded first: a mean of 1.004
 * is 1.00, and on the limit.
 */
export function waterClass(means: WaterSample): WaterVerdict {
  const sample: WaterSample = {};
  for (const item of WATER_ITEMS) sample[item] = assessedValue(item, means[item]);
  const items: Partial<Record<WaterItem, WaterClass>> = {};
  let worst: WaterClass | null = null;
  for (const item of WATER_ITEMS) {
    const verdict = waterItemClass(item, sample[item]);
    if (verdict === null) continue;
    items[item] = verdict;
    if (worst === null || verdict > worst) worst = verdict;
  }
  return { class: worst, items, main: mainPollutants(sample, items) };
}

/**
 * Class of a year: of the arithmetic means of the (twelve) monthly concentrations; not the mean of classes and not the
 * mean of monthly rates.
 */
export function annualWaterClass(months: readonly WaterSample[]): WaterVerdict {
  const means: WaterSample = {};
  for (const item of WATER_ITEMS) {
    const values = months.map((month) => month[item]);
    means[item] = item === 'ph' ? meanPh(values) : meanOf(values);
  }
  return waterClass(means);
}

/** As it is compared with the limits: by GB/T 8170, and what would vanish keeps its first digit. */
function assessedValue(item: WaterItem, value: NumberLike): Decimal | null {
  const mean = toDecimal(value);
  if (mean === null || mean.isZero()) return mean;
  const rounded = roundDecimal(mean, WATER_DIGITS[item], 'half_even');
  return rounded.isZero() ? mean.toSignificantDigits(1, Decimal.ROUND_HALF_EVEN) : rounded;
}

/** pH is a logarithm: its mean is that of the hydrogen ions (环办监测函〔2020〕82号). */
function meanPh(values: readonly NumberLike[]): Decimal | null {
  const ions = values.flatMap((value) => {
    const ph = toDecimal(value);
    return ph === null ? [] : [new Decimal(10).pow(ph.negated())];
  });
  return meanOf(ions)?.log(10).negated() ?? null;
}

function mainPollutants(sample: WaterSample, items: Partial<Record<WaterItem, WaterClass>>): MainPollutant[] {
  const failing = WATER_ITEMS.flatMap((item) => {
    const verdict = items[item];
    if (verdict === undefined || verdict <= 3) return [];
    return [{ item, class: verdict, multiple: excessOf(item, sample[item]) }];
  });
  return failing
    .sort(
      (a, b) =>
        comesFirst(b.item) - comesFirst(a.item) ||
        b.class - a.class ||
        (b.multiple ?? NONE).cmp(a.multiple ?? NONE),
    )
    .slice(0, 3)
    .map(({ item, class: verdict, multiple }) => ({
      item,
      class: verdict,
      excess: multiple === null ? null : decimalText(multiple),
    }));
}

const comesFirst = (item: WaterItem): number => Number(FIRST_POLLUTANTS.includes(item));

/** Items without a multiple come after those with one in the same class. */
const NONE = new Decimal(-1);

function excessOf(item: WaterItem, value: NumberLike): Decimal | null {
  if (item === 'ph' || item === 'do') return null;
  const limit = WATER_LIMITS[item][2];
  return toDecimal(value)?.minus(limit).div(limit) ?? null;
}
