import { formatNumber } from '@/metrics/format/number';
import type { Freq, RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { unverifiedReason } from '@/metrics/model/unverified';
import { isNeverPublished } from '@/metrics/time/following';
import { formatPeriod } from '@/metrics/time/label';
import { addPeriods, periodsBetween } from '@/metrics/time/period';
import { periodName } from '@/metrics/time/period-of-rule';
import type { Reach } from '@/server/services/desk/reach';
import { isUnfinished } from '@/server/services/desk/select';
import type { SeriesIndex } from '@/server/services/desk/series-index';
import type { MetricTrend, TrendPoint } from '@/server/services/desk/types';
import { labelOfWhole, type WholeYears } from '@/server/services/desk/whole-years';
import { isDemo, textOf, unitText } from '@/server/services/screens/figure';

/** Points of a trend at most; the whole series is behind the CSV. */
export const TREND_PERIODS: Readonly<Record<Freq, number>> = { A: 60, Q: 80, M: 120, D: 400, H: 240, N: 240 };

/** First period shown of a series that reaches from `firstMs` to `lastMs`. */
export function trendStart(freq: Freq, firstMs: number, lastMs: number): number {
  return Math.max(firstMs, addPeriods(freq, lastMs, 1 - TREND_PERIODS[freq]));
}

/**
 * Every period of the stretch that is ever published has its place: one without a value is a gap. The last cumulative one
 * of a year may have the year's.
 */
export function trendOf(
  { definition, freq, basis, asOfMs }: Reach,
  index: SeriesIndex,
  years: WholeYears,
  at: { region: RegionCode; slice: string; fromMs: number; lastMs: number },
): MetricTrend {
  const { region, slice, fromMs, lastMs } = at;
  const count = periodsBetween(freq, fromMs, lastMs) + 1;
  let yoyUnit = '%';
  const rule = definition.period_rule;
  const periods = Array.from({ length: count }, (_, step) => addPeriods(freq, fromMs, step)).filter(
    (ms) => !isNeverPublished(rule, freq, ms, basis) || index.at(region, slice, ms)?.value != null,
  );
  const points = periods.map((periodMs): TrendPoint => {
    const own = index.at(region, slice, periodMs);
    const year = own?.value == null ? years.endedBy(periodMs) : undefined;
    const level = year?.level ?? own;
    const change = year?.change ?? index.yoy(region, slice, periodMs);
    const { value, text, basis: made, rule: how, unit, unverified = null } = change;
    if (value !== null) yoyUnit = UNIT_ZH[unit] ?? unitText(definition.unit);
    const name = periodName(definition, own ?? { freq, basis, periodMs });
    return {
      periodMs,
      period: formatPeriod(freq, periodMs),
      label: year ? labelOfWhole(name) : name,
      wholeYear: year !== undefined,
      value: level?.value ?? null,
      text: level ? textOf(definition, level) : formatNumber(null, { precision: 0 }),
      status: level?.status ?? null,
      demo: isDemo(level),
      unverified: level?.value == null ? null : unverifiedReason(level),
      running: isUnfinished(definition, freq, periodMs, asOfMs),
      partial: level?.value != null && level.flags.includes('partial'),
      nearlyWhole:
        level?.value != null && level.flags.includes('nearly_whole') && !level.flags.includes('partial'),
      approximate: level?.value != null && level.flags.includes('approximate'),
      broken: level?.value != null && level.flags.includes('series_break'),
      yoy: { value, text, basis: made, rule: how, unverified },
    };
  });
  return {
    unit: unitText(definition.unit),
    yoyUnit,
    yoyRule: yoyRuleText(definition),
    points,
    mark: isAmount(definition) && count <= BARS_UP_TO ? 'bar' : 'line',
    demo: points.some(({ demo }) => demo),
  };
}

const UNIT_ZH: Readonly<Record<string, string>> = { percent: '%', pp: '百分点', point: '点' };
const BARS_UP_TO = 48;

function isAmount({ accumulation }: MetricDefinition): boolean {
  return accumulation === 'flow' || accumulation === 'stock';
}

/** Which growth is taken where both are there. */
function yoyRuleText({ yoy }: MetricDefinition): string {
  if (yoy === 'none') return '本指标不计算同比';
  if (yoy === 'published' || yoy === 'published_comparable') {
    return '只认发布增速,不用水平值反算';
  }
  const made = { pp_diff: '百分点差', abs_diff: '差值', index_minus_100: '指数−100' };
  const how = yoy in made ? made[yoy as keyof typeof made] : '水平值之比';
  return `有发布值用发布值(标“发布”),没有或其后水平值有修订的按${how}计算(标“计算”,用到推算值的标“推算”)`;
}
