import { Decimal, type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { noResult, type Result, resultOf } from './result';

/**
 * 单位GDP能耗降低率 in percent: [1 − (1 + e) / (1 + g)] × 100, e growth of energy consumption, g real growth of GDP, both
 * percent (T50). Negative means intensity rose.
 */
export function energyIntensityDrop(energyGrowth: NumberLike, gdpGrowth: NumberLike): Result {
  const operands = { energy_growth: energyGrowth, gdp_growth: gdpGrowth };
  const e = toDecimal(energyGrowth);
  const g = toDecimal(gdpGrowth);
  if (e === null || g === null) return noResult('operand_missing', operands);
  const growth = g.div(100).plus(1);
  if (growth.isZero()) return noResult('div0', operands);
  return resultOf(new Decimal(1).minus(e.div(100).plus(1).div(growth)).times(100), operands);
}

/** Reduction accumulated over years, percent: 1 − Π(1 − r), never the sum of the rates (T51). */
export function cumulativeDrop(dropsPercent: readonly NumberLike[]): Result {
  const operands = Object.fromEntries(dropsPercent.map((drop, index) => [`drop_${index + 1}`, drop]));
  let left: Decimal = new Decimal(1);
  for (const drop of dropsPercent) {
    const r = toDecimal(drop);
    if (r === null) return noResult('operand_missing', operands);
    left = left.times(new Decimal(1).minus(r.div(100)));
  }
  return dropsPercent.length === 0
    ? noResult('operand_missing', operands)
    : resultOf(new Decimal(1).minus(left).times(100), operands);
}
