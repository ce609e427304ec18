import { flagZh } from '@/metrics/calculus/flag-words';
import { isCountedOn } from '@/metrics/calculus/of-opening';
import { FLAG_ZH, type Flag } from '@/metrics/calculus/result';
import { LEVEL_ZH } from '@/metrics/format/definition-words';
import { nameAt } from '@/metrics/format/metric-name';
import { formatNumber } from '@/metrics/format/number';
import { roundTo } from '@/metrics/format/rounding';
import type { Observation, RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { shownPrecision } from '@/metrics/model/shown-precision';
import { unverifiedReason } from '@/metrics/model/unverified';
import { knownRegion } from '@/metrics/regions/tree';
import { isNeverPublished } from '@/metrics/time/following';
import { periodLabelAt } from '@/metrics/time/label';
import { addPeriods, periodParts } from '@/metrics/time/period';
import { periodName, periodNameAt } from '@/metrics/time/period-of-rule';
import { freshnessOf, type Moment } from '@/server/services/screens/freshness';
import { isOfNothing, ofNothingZh } from '@/server/services/screens/of-nothing';
import { cellOf } from '@/server/services/screens/reading';
import type { Figure, Series, SeriesPoint } from '@/server/services/screens/types';

export const DEMO_FLAG = 'demo';

export function isDemo(observation: Pick<Observation, 'flags'> | undefined): boolean {
  return observation?.flags.includes(DEMO_FLAG) ?? false;
}

/** The number as it is seen, rounded once by the metric's precision and rule. */
export function figureOf(
  definition: MetricDefinition,
  region: RegionCode,
  observation: Observation | undefined,
  moment: Moment,
  name: string = observation ? nameAt(definition, observation) : definition.name,
): Figure {
  const base = { metric: definition.code, name, region, unit: unitText(definition.unit) };
  if (!observation) {
    const arriving = arrivingZh(definition);
    const reason = notAtLevel(definition, region) ?? arriving;
    return {
      ...base,
      cell: null,
      value: null,
      text: formatNumber(null, { precision: 0 }),
      periodLabel: '',
      status: null,
      demo: false,
      flags: [],
      unverified: null,
      vintageMs: null,
      reason,
      freshness: { state: 'unknown', nextPeriodLabel: null, dueMs: null, text: reason },
      lamp: null,
    };
  }
  return {
    ...base,
    ...(isRate(observation) && { unit: '%' }),
    cell: cellOf(observation),
    value: observation.value,
    text: textOf(definition, observation),
    periodLabel: labelOf(definition, observation, moment.asOfMs),
    status: observation.status,
    demo: isDemo(observation),
    flags: observation.flags,
    unverified: observation.value === null ? null : unverifiedReason(observation),
    vintageMs: observation.vintageMs,
    reason: observation.value === null ? reasonOf(definition, observation) : null,
    freshness: freshnessOf(definition, observation, moment),
    lamp: null,
  };
}

/** What a figure waits for: a publisher, rows, or the figures that it is made of. */
function arrivingZh({ kind, owner }: MetricDefinition): string {
  if (kind === 'reported') return `${owner}尚未报送`;
  return kind === 'aggregated' ? '尚无明细数据,未能计算' : `${FLAG_ZH.operand_missing},未能计算`;
}

/** Why a region will never have a figure of the metric: it ends above that level. Null where one may come. */
export function notAtLevel({ levels }: MetricDefinition, region: RegionCode): string | null {
  const level = knownRegion(region)?.level;
  if (level === undefined || level === 'nation' || levels.includes(level)) return null;
  const kept = levels.map((one) => LEVEL_ZH[one]).join('、');
  return `${LEVEL_ZH[level]}没有这项指标,只有${kept}的数`;
}

/** Published growth is in percent with one place; levels and their targets are in the metric's own terms. */
function isRate({ measure }: Pick<Observation, 'measure'>): boolean {
  return measure === 'yoy' || measure === 'mom';
}

export function textOf(
  definition: MetricDefinition,
  observation: Pick<Observation, 'value' | 'measure' | 'region'>,
): string {
  const precision = isRate(observation) ? 1 : shownPrecision(definition, observation.region);
  return formatNumber(observation.value, { precision, rounding: definition.rounding });
}

export function labelOf(
  definition: MetricDefinition,
  o: Pick<Observation, 'freq' | 'periodMs' | 'basis'> & Partial<Pick<Observation, 'status'>>,
  asOfMs: number,
): string {
  const label = periodNameAt(definition, o, asOfMs);
  return o.freq === 'D' ? withoutThisYear(label, o.periodMs, asOfMs) : label;
}

/** A day by itself, of whatever it is. */
export function dayLabelAt(periodMs: number, asOfMs: number): string {
  return withoutThisYear(periodLabelAt('D', periodMs, 'period', asOfMs), periodMs, asOfMs);
}

function withoutThisYear(label: string, periodMs: number, asOfMs: number): string {
  return periodParts(periodMs).year === periodParts(asOfMs).year ? label.replace(/^\d+年/, '') : label;
}

/** The value as displayed, for rules that judge it so (class bounds of a standard). Plain decimal text. */
export function shownValue(definition: MetricDefinition, value: string | null): string | null {
  return roundTo(value, definition.precision, definition.rounding)?.toFixed() ?? null;
}

/** 无量纲 is a statement about the metric, not something to print behind a number. */
export function unitText(unit: string): string {
  return unit === '无量纲' ? '' : unit;
}

function reasonOf(definition: MetricDefinition, observation: Observation): string {
  if (definition.kind === 'aggregated' && isOfNothing(observation))
    return `本期${observation.flags.includes('running') ? '至今' : ''}${ofNothingZh(definition)},不计算`;
  const why = observation.flags.find(isReason);
  if (why) return flagZh(why);
  const isBalance = isCountedOn(definition);
  if (isBalance && observation.sampleCount === 0) return '公布的存量之后有整月没有明细,期末存量无从算起';
  if (observation.sampleCount === 0) return '原始记录已撤回或有效样本不足';
  return '该期无有效值';
}

/** Marks that come with any value and do not say why there is none. */
const NO_REASON: readonly Flag[] = [
  'partial',
  'nearly_whole',
  'locf',
  'nominal_unadjusted',
  'deduced',
  'basis_assumed',
  'inferred',
  'counted_otherwise',
  'approximate',
];

function isReason(flag: string): boolean {
  if (flag === 'insufficient') return true;
  return Object.hasOwn(FLAG_ZH, flag) && !NO_REASON.some((mark) => mark === flag);
}

/**
 * The last `count` periods up to `lastMs`, every one of them a place: a period without a value is a gap, never
 * skipped; only a month that the rule has no figure of is no period (calculus.md §2).
 */
export function pointsOf(
  definition: MetricDefinition,
  byPeriod: ReadonlyMap<number, Observation>,
  last: Observation,
  count: number,
): SeriesPoint[] {
  const { freq, basis } = last;
  return Array.from({ length: count }, (_, index) =>
    addPeriods(freq, last.periodMs, index - count + 1),
  ).flatMap((periodMs) => {
    const observation = byPeriod.get(periodMs);
    if (observation?.value == null && isNeverPublished(definition.period_rule, freq, periodMs, basis))
      return [];
    return {
      periodMs,
      label: periodName(definition, observation ?? { freq, basis, periodMs }),
      value: observation?.value ?? null,
      text: observation ? textOf(definition, observation) : formatNumber(null, { precision: 0 }),
      status: observation?.status ?? null,
      demo: isDemo(observation),
      unverified: observation?.value == null ? null : unverifiedReason(observation),
      ...(observation?.value != null && observation.flags.includes('partial') && { partial: true as const }),
    };
  });
}

export function seriesOf(
  definition: MetricDefinition,
  byPeriod: ReadonlyMap<number, Observation>,
  last: Observation,
  count: number,
  name: string = nameAt(definition, last),
): Series {
  const { periodMs: _, ...cell } = cellOf(last);
  return {
    key: `${last.metric}/${last.measure}`,
    name,
    unit: isRate(last) ? '%' : unitText(definition.unit),
    freq: last.freq,
    basis: definition.kind === 'reported' ? 'published' : 'computed',
    points: pointsOf(definition, byPeriod, last, count),
    cell,
  };
}
