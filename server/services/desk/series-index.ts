import { isCountedOn } from '@/metrics/calculus/of-opening';
import { periodsCrossed } from '@/metrics/calculus/of-series-break';
import { MISSING_TEXT } from '@/metrics/format/number';
import type { Freq, Measure, Observation, RegionCode } from '@/metrics/model/cell';
import { isObservedZero } from '@/metrics/model/observed-zero';
import { addPeriods, periodStart, samePeriodLastYear } from '@/metrics/time/period';
import { periodNameAt } from '@/metrics/time/period-of-rule';
import { growthBases, hasGrowth } from '@/metrics/workings/growth-of';
import { readComparable } from '@/server/observations/comparable';
import { readObservations } from '@/server/observations/read';
import { withValueSince } from '@/server/observations/value-since';
import { basesRead, JudgedAgain } from '@/server/services/desk/judged-again';
import type { Reach } from '@/server/services/desk/reach';
import { isUnfinished } from '@/server/services/desk/select';
import { yoyOf } from '@/server/services/screens/change';
import { figureOf } from '@/server/services/screens/figure';
import { freshnessInPeriod } from '@/server/services/screens/freshness';
import { readableGrowthMetric } from '@/server/services/screens/growth-metric';
import { isOfNothing } from '@/server/services/screens/of-nothing';
import type { ChangeFigure, Figure } from '@/server/services/screens/types';

/** Periods that a stock is published of. */
const LONGER: readonly Freq[] = ['M', 'Q', 'A'];

/** Why a zero without a cell is one. */
const ZERO_REASON = '本期有数据到达而没有此类记录,为 0';

/** Observations of one reach by coordinate; growth is asked of it by the metric's rule. */
export class SeriesIndex {
  private readonly cells = new Map<string, Observation>();
  private readonly judged: JudgedAgain;
  /** Published growth kept elsewhere: by the metric that is the growth of this one, or under 累计 that is the same stretch. */
  private readonly growth: readonly Observation[];
  /** Stocks of longer periods, one of which may have been published between two that are compared. */
  private readonly openings: readonly Observation[];

  constructor(
    private readonly reach: Reach,
    observations: readonly Observation[],
  ) {
    const { code } = reach.definition;
    this.openings = observations.filter((o) => o.metric === code && o.freq !== reach.freq);
    const own = observations.filter(({ metric, freq }) => metric === code && freq === reach.freq);
    this.growth = observations.filter(
      ({ metric, measure, basis }) => metric !== code || (measure === 'yoy' && basis !== reach.basis),
    );
    this.judged = new JudgedAgain(reach, own);
    for (const o of own)
      if (o.basis === reach.basis) this.cells.set(key(o.region, o.slice, o.measure, o.periodMs), o);
  }

  at(
    region: RegionCode,
    slice: string,
    periodMs: number,
    measure: Measure = 'level',
  ): Observation | undefined {
    return this.cells.get(key(region, slice, measure, periodMs));
  }

  /** The level, or a placeholder where a growth was published without its level. */
  cell(region: RegionCode, slice: string, periodMs: number): Observation | undefined {
    const level = this.at(region, slice, periodMs);
    const growth = this.at(region, slice, periodMs, 'yoy');
    if (level || growth?.value == null) return level;
    return { ...growth, measure: 'level', value: null, numerator: null, denominator: null, sampleCount: 0 };
  }

  yoy(region: RegionCode, slice: string, periodMs: number): ChangeFigure {
    const { definition, freq, asOfMs } = this.reach;
    const published = this.at(region, slice, periodMs, 'yoy')?.value != null;
    const current = this.cell(region, slice, periodMs);
    if (current && !published && isUnfinished(definition, freq, periodMs, asOfMs)) return unfinished('同比');
    const beforeMs = samePeriodLastYear(freq, periodMs);
    const crossed = periodsCrossed(freq, beforeMs, periodMs);
    const growthMetric = this.growth.find(({ metric }) => metric !== definition.code)?.metric;
    return yoyOf({
      definition,
      standard: this.judged.standard,
      current,
      observations: this.present([
        this.at(region, slice, periodMs),
        this.at(region, slice, beforeMs),
        ...crossed.map((ms) => this.at(region, slice, ms)),
        this.at(region, slice, periodMs, 'yoy'),
        ...this.judged.at(region, slice, [periodMs, beforeMs]),
        ...this.growth,
        ...this.openings.filter((o) => o.region === region),
      ]),
      asOfMs,
      ...(growthMetric !== undefined && { growthMetric }),
    });
  }

  private present(found: (Observation | undefined)[]): Observation[] {
    return found.filter((o) => o !== undefined);
  }
}

function unfinished(label: ChangeFigure['label']): ChangeFigure {
  return {
    label,
    value: null,
    text: MISSING_TEXT,
    unit: 'percent',
    tone: 'neutral',
    basis: null,
    rule: '本期未结束,不与整期比较',
    cell: null,
  };
}

/** The period in words, 至今 while it runs. */
export function periodLabel(
  { definition, freq, basis, asOfMs }: Reach,
  periodMs: number,
  of?: Observation,
): string {
  return periodNameAt(definition, of ?? { freq, basis, periodMs }, asOfMs);
}

/** A figure of the reach; how fresh it is, is asked of its own period. */
export function figureAt(
  reach: Reach,
  region: RegionCode,
  observation: Observation | undefined,
  name?: string,
): Figure {
  const figure = figureOf(reach.definition, region, observation, reach, name);
  if (!observation) return figure;
  if (isObservedZero(observation))
    return {
      ...figure,
      periodLabel: periodLabel(reach, observation.periodMs),
      cell: null,
      vintageMs: null,
      reason: ZERO_REASON,
    };
  return {
    ...figure,
    periodLabel: periodLabel(reach, observation.periodMs, observation),
    freshness: freshnessInPeriod(reach.definition, observation, isKnown(observation), reach),
  };
}

/** A value, or that there is none because nothing was due: neither is waited for. */
function isKnown(observation: Observation): boolean {
  return observation.value !== null || isOfNothing(observation);
}

function key(region: RegionCode, slice: string, measure: Measure, periodMs: number): string {
  return `${region}|${measure}|${periodMs}|${slice}`;
}

/** The periods `fromMs`–`lastMs` and what growth compares them with: the same stretch a year before. */
export async function readStretch(
  reach: Reach,
  where: {
    regions: readonly RegionCode[];
    slices: readonly string[] | 'all';
    fromMs: number;
    lastMs: number;
  },
): Promise<SeriesIndex> {
  const { ctx, definition, freq, basis, asOfMs } = reach;
  const { regions, slices, fromMs, lastMs } = where;
  if (regions.length === 0) return new SeriesIndex(reach, []);
  const growth = readableGrowthMetric(ctx, definition.code);
  const read = (from: number, last: number) =>
    readComparable(ctx, {
      metrics: [definition.code],
      regions,
      freq: [freq],
      basis: basesRead(reach),
      slices,
      fromMs: from,
      toMs: last + 1000,
      asOfMs,
    });
  const baseFromMs = samePeriodLastYear(freq, fromMs);
  const baseLastMs = samePeriodLastYear(freq, lastMs);
  // Where the two stretches touch they are one read, and so is what a comparison crosses.
  const touches = baseLastMs >= addPeriods(freq, fromMs, -1);
  const parts =
    touches || periodsCrossed(freq, baseLastMs, fromMs).length > 0
      ? [read(baseFromMs, lastMs)]
      : [read(baseFromMs, baseLastMs), read(fromMs, lastMs)];
  const elsewhere = (metrics: string[], measure: Measure, bases: readonly string[]) =>
    metrics.length === 0 || bases.length === 0
      ? []
      : readObservations(ctx, {
          ...{ metrics, regions, slices, asOfMs, freq: [freq], basis: bases, measure: [measure] },
          fromMs,
          toMs: lastMs + 1000,
        });
  // The first quarter or month of a year is the one whose growth may be said of 累计.
  const bases = growthBases({ freq, basis, periodMs: periodStart('A', lastMs) });
  const others = hasGrowth(definition) ? bases.filter((one) => one !== basis) : [];
  const openings = isCountedOn(definition)
    ? readObservations(ctx, {
        ...{ metrics: [definition.code], regions, slices: [''], asOfMs, basis: [basis], measure: ['level'] },
        freq: LONGER.filter((longer) => longer !== freq),
        fromMs: samePeriodLastYear('A', periodStart('A', baseFromMs)),
        toMs: lastMs + 1000,
      })
    : [];
  const [growths, said, opened, ...levels] = await Promise.all([
    elsewhere(growth === undefined ? [] : [growth], 'level', bases),
    elsewhere([definition.code], 'yoy', others),
    openings,
    ...parts,
  ]);
  const known = [...levels.flat(), ...growths, ...said, ...opened];
  return new SeriesIndex(reach, await withValueSince(ctx, known, asOfMs));
}
