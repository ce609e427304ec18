import { toDecimal } from '@/metrics/format/decimal';
import { formatNumber } from '@/metrics/format/number';
import { roundTo } from '@/metrics/format/rounding';
import type { MetricDefinition } from '@/metrics/model/definition';
import { isEconomicVolume } from '@/metrics/model/economic-volume';
import { isYearIndex } from './growth-of';

/**
 * How a growth changed against the one before. Of an economic volume a fall gets smaller 降幅收窄 or larger 降幅扩大,
 * growth is 加快 or 回落 and what comes up from a fall 回升, a turn of sign being called one; of anything else a rise gets larger or smaller as well, and a turn, to
 * standing still or from it too, is called one.
 */
export function accelWords(
  definition: MetricDefinition,
  growth: string,
  former: string | null,
  change: string,
): string {
  const shown = roundTo(change, 1);
  if (shown === null || shown.isZero()) return '持平';
  const size = `${formatNumber(shown.abs(), { precision: 1 })} 个百分点`;
  const up = shown.isPositive();
  const falls = [growth, former].every((value) => toDecimal(value)?.isNegative());
  if (falls) return up ? `降幅收窄 ${size}` : `降幅扩大 ${size}`;
  // As they are shown: what reads 0.0% stood still.
  const now = roundTo(growth, 1);
  const before = roundTo(former, 1);
  if (isEconomicVolume(definition)) {
    const turned = now && before && now.times(before).isNegative() && !now.isZero() && !before.isZero();
    const turn = turned ? (up ? '由负转正,' : '由正转负,') : '';
    // A fall has no speed to gain: what comes up from one is 回升.
    const rises = before?.isNegative() && !before.isZero() ? '回升' : '加快';
    return up ? `${turn}${rises} ${size}` : `${turn}回落 ${size}`;
  }
  if (!now || !before || before.isZero()) return up ? `由平转升 ${size}` : `由平转降 ${size}`;
  if (now.isZero()) return before.isPositive() ? `由升转平 ${size}` : `由降转平 ${size}`;
  if (before.isPositive()) {
    if (now.lt(0)) return `由升转降 ${size}`;
    const rise = isYearIndex(definition) ? '涨幅' : '升幅';
    return up ? `${rise}扩大 ${size}` : `${rise}收窄 ${size}`;
  }
  return now.gt(0) ? `由降转升 ${size}` : `降幅收窄 ${size}`;
}
