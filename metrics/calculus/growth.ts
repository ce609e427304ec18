import { Decimal, type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { growthRatio } from './growth-ratio';
import { noResult, type Result, resultOf } from './result';

/** Real growth in percent: (1 + nominal) / (CPI / 100) − 1, with CPI of 上年同期=100 (T18). */
export function realGrowth(nominalPercent: NumberLike, cpi: NumberLike): Result {
  const operands = { nominal: nominalPercent, cpi };
  const nominal = toDecimal(nominalPercent);
  const index = toDecimal(cpi);
  if (nominal === null || index === null) return noResult('operand_missing', operands);
  if (index.isZero()) return noResult('div0', operands);
  return resultOf(factor(nominal).div(index.div(100)).minus(1).times(100), operands);
}

/** Average growth of several years in percent: geometric mean (两年平均增速, T8). Null below −100 %. */
export function averageGrowth(growthsPercent: readonly NumberLike[]): Result {
  const operands = Object.fromEntries(growthsPercent.map((growth, index) => [`growth_${index + 1}`, growth]));
  if (growthsPercent.length === 0) return noResult('operand_missing', operands);
  let product: Decimal = new Decimal(1);
  for (const growth of growthsPercent) {
    const value = toDecimal(growth);
    if (value === null) return noResult('operand_missing', operands);
    if (value.lt(-100)) return noResult('not_applicable', operands);
    product = product.times(factor(value));
  }
  const root = product.pow(new Decimal(1).div(growthsPercent.length));
  return resultOf(root.minus(1).times(100), operands);
}

/** 同比 per day, for February flows across leap years: 290 in 29 days against 280 in 28 days is 0.0 % (T7). */
export function dayAdjustedYoy(
  current: { value: NumberLike; days: number },
  base: { value: NumberLike; days: number },
): Result {
  const now = toDecimal(current.value)?.div(current.days);
  const then = toDecimal(base.value)?.div(base.days);
  const result = growthRatio({ current: now, base: then });
  return {
    ...result,
    operands: [
      ...result.operands,
      { name: 'days_current', value: String(current.days) },
      { name: 'days_base', value: String(base.days) },
    ],
  };
}

/**
 * 加快(回落)百分点, field name `accel_pp`: growth of this period minus growth of the period before (previous cumulative
 * month or quarter). Neither 同比 nor 环比 (T61).
 */
export function accelPp(growthPercent: NumberLike, previousGrowthPercent: NumberLike): Result {
  return minus({ growth: growthPercent, previous_growth: previousGrowthPercent });
}

/** 比全国高: the province's growth minus the nation's (region 100000), in percentage points. */
export function aboveNationPp(growthPercent: NumberLike, nationGrowthPercent: NumberLike): Result {
  return minus({ growth: growthPercent, nation_growth: nationGrowthPercent });
}

function minus(operands: Record<string, NumberLike>): Result {
  const [a, b] = Object.values(operands).map(toDecimal);
  if (!a || !b) return noResult('operand_missing', operands);
  return resultOf(a.minus(b), operands);
}

function factor(percent: Decimal): Decimal {
  return percent.div(100).plus(1);
}
