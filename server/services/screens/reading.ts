import { basisPreference } from '@/metrics/model/basis';
import type { CellKey, Freq, Measure, Observation, RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { knownRegion, regionByCode } from '@/metrics/regions/tree';
import { addPeriods, nextPeriod } from '@/metrics/time/period';
import { isWholeAt } from '@/metrics/time/period-of-rule';
import type { Context } from '@/server/context';
import { AppError } from '@/server/errors';
import type { MetricChoice } from '@/server/services/screens/definition/model';
import type { Moment } from '@/server/services/screens/freshness';
import type { Pool } from '@/server/services/screens/pool';
import type { RegionRef, ScreenPanel } from '@/server/services/screens/types';

/** What every panel of one screen reads with: one instant, one root, one region. */
export interface Reading extends Moment {
  ctx: Context;
  root: RegionRef;
  region: RegionRef;
  /** Whose subordinates stand side by side: the region itself, of a county its city. */
  compared: RegionRef;
  /** Direct subordinates of `compared` within the actor's scope; a county that is seen alone. */
  children: RegionRef[];
  /** From the root down to the region, both included. */
  path: RegionRef[];
  pool: Pool;
  /** Readings that several panels share. */
  shared: Map<string, Promise<RegionalObservations>>;
}

/** A screen without its events, which change with every load: what was read at one data version. */
export interface ScreenMaterial {
  reading: Reading;
  version: number;
  panels: ReadonlyMap<string, ScreenPanel>;
}

/** Observations of the subordinates for one choice, and those of the period they have in common. */
export interface RegionalObservations {
  observations: Observation[];
  current: Map<RegionCode, Observation>;
  /** Of every frequency that the screen reads. */
  known: Observation[];
}

/** @throws AppError `not_found` for a code in no tree of ours. */
export function regionRef(code: RegionCode): RegionRef {
  const region = knownRegion(code);
  if (!region) throw new AppError('not_found', `没有区划 ${code}`, { place: 'region' });
  const { name, shortName, level } = region;
  return { code, name, shortName, level };
}

/**
 * A unit that is in force, as today's map draws it.
 * @throws AppError `not_found` also for an abolished one, naming what it became.
 */
export function regionInForce(code: RegionCode): RegionRef {
  const region = regionRef(code);
  if (regionByCode(code)) return region;
  const became = (knownRegion(code)?.successors ?? [])
    .map((one) => `${one} ${regionRef(one).name}`)
    .join('、');
  throw new AppError('not_found', `${code} ${region.name}已撤销,现为 ${became}`, { place: 'region' });
}

export function definitionOf(reading: Reading, metric: string): MetricDefinition {
  return reading.ctx.registry.get(metric).definition;
}

const FREQ_ORDER: readonly Freq[] = ['A', 'Q', 'M', 'D', 'H', 'N'];

export function basesOf(definition: MetricDefinition, choice: MetricChoice): readonly string[] {
  return choice.basis ?? basisPreference(definition.period_rule);
}

/**
 * The newest observation with a value that the choice admits: the latest end of period wins, then the order of bases,
 * then the coarser frequency. A withdrawn (missing) one is returned only when there is nothing else.
 */
export function newestOf(
  observations: readonly Observation[],
  choice: MetricChoice,
  definition: MetricDefinition,
): Observation | undefined {
  const bases = basesOf(definition, choice);
  const measure: Measure = choice.measure ?? 'level';
  const admitted = observations.filter(
    (o) =>
      o.metric === choice.metric &&
      o.measure === measure &&
      bases.includes(o.basis) &&
      (choice.freq === undefined || choice.freq.includes(o.freq)),
  );
  const present = admitted.filter((o) => o.value !== null);
  return (present.length > 0 ? present : admitted).sort(
    (a, b) =>
      nextPeriod(b.freq, b.periodMs) - nextPeriod(a.freq, a.periodMs) ||
      bases.indexOf(a.basis) - bases.indexOf(b.basis) ||
      FREQ_ORDER.indexOf(a.freq) - FREQ_ORDER.indexOf(b.freq),
  )[0];
}

type SeriesOf = Pick<CellKey, 'metric' | 'freq' | 'region' | 'slice' | 'basis' | 'measure'>;

/** Observations of the same series, by period. */
export function seriesLike(observations: readonly Observation[], of: SeriesOf): Map<number, Observation> {
  return new Map(
    observations
      .filter(
        (o) =>
          o.metric === of.metric &&
          o.freq === of.freq &&
          o.region === of.region &&
          o.slice === of.slice &&
          o.basis === of.basis &&
          o.measure === of.measure,
      )
      .map((o) => [o.periodMs, o]),
  );
}

export function cellOf(o: CellKey): CellKey {
  const { metric, freq, region, slice, basis, measure, periodMs } = o;
  return { metric, freq, region, slice, basis, measure, periodMs };
}

/** The newest period that is over: a curve that ended in half a day would show a fall that is none. */
export function lastWhole(definition: MetricDefinition, o: Observation, asOfMs: number): Observation {
  return isRunning(definition, o, asOfMs) ? { ...o, periodMs: addPeriods(o.freq, o.periodMs, -1) } : o;
}

/**
 * A period that has not ended at the instant: its flow is 至今, and comparing it with a whole one would mislead; so would
 * 1-11月累计 on 24 November with that of last year.
 */
export function isRunning(
  definition: MetricDefinition,
  o: Pick<CellKey, 'freq' | 'periodMs' | 'basis'>,
  asOfMs: number,
): boolean {
  return o.basis !== 'point' && !isWholeAt(definition, o, asOfMs);
}
