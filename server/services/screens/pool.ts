import { LAMP_DAYS, lampFreqs } from '@/metrics/calculus/lamp-sets';
import { isCountedOn } from '@/metrics/calculus/of-opening';
import type { Freq, Measure, Observation, RegionCode } from '@/metrics/model/cell';
import { NATION_CODE } from '@/metrics/regions/tree';
import { addPeriods, nextPeriod, samePeriodLastYear } from '@/metrics/time/period';
import type { Context } from '@/server/context';
import { readComparable } from '@/server/observations/comparable';
import { newestPeriods } from '@/server/observations/newest';
import { readObservations } from '@/server/observations/read';
import type { MetricChoice, ScreenDefinition } from '@/server/services/screens/definition/model';
import { growthMetricOf } from '@/server/services/screens/growth-metric';

/**
 * The observations of one screen, read in a handful of bounded queries that all panels share: years, quarters and
 * months by number of periods; days and hours from the newest one back, with the same days of last year; the targets of
 * the last years. Panels pick from it, so a screen costs the same few reads however many panels it has.
 */
export interface Pool {
  read(want: PoolFilter): Promise<Observation[]>;
}

export interface PoolFilter {
  metrics: readonly string[];
  regions: readonly RegionCode[];
  freq?: readonly Freq[] | undefined;
  measure?: readonly Measure[];
}

type FineFreq = 'D' | 'H';

const COARSE: readonly Freq[] = ['A', 'Q', 'M'];
const COARSE_PERIODS = 40;
/** A month of days and a day of hours, with one to compare the first with. */
const FINE_PERIODS: Readonly<Record<FineFreq, number>> = { D: LAMP_DAYS, H: 26 };
/** As many years of targets as the months read can be judged against. */
const TARGET_YEARS = 5;
const VALUES: readonly Measure[] = ['level', 'yoy', 'mom'];
/** Metrics whose newest periods lie this close are read together. */
const TOGETHER_MS = 3 * 86_400_000;

export function openPool(
  ctx: Context,
  choices: readonly MetricChoice[],
  regions: readonly RegionCode[],
  asOfMs: number,
): Pool {
  const wanted = wantedMetrics(ctx, choices);
  // Started at once, so that one screen's reads queue together; a failure is told to whoever asks.
  const coarse = readComparable(ctx, {
    metrics: [...wanted.A],
    // What is published of the nation is there to compare with.
    regions: [...regions, NATION_CODE],
    freq: COARSE,
    measure: VALUES,
    lastPeriods: COARSE_PERIODS,
    asOfMs,
  });
  const targets = readTargets(ctx, wanted, regions, asOfMs);
  const fine = readFine(ctx, wanted, regions, asOfMs);
  coarse.catch(() => undefined);
  targets.catch(() => undefined);
  fine.catch(() => undefined);
  return {
    read: async ({ metrics, regions: within, freq, measure }) => {
      const all = [...(await coarse), ...(await targets), ...(await fine)];
      return all.filter(
        (o) =>
          metrics.includes(o.metric) &&
          within.includes(o.region) &&
          (freq === undefined || freq.includes(o.freq)) &&
          (measure === undefined || measure.includes(o.measure)),
      );
    },
  };
}

/** Growth targets belong to the metric that is the growth. */
function readTargets(
  ctx: Context,
  wanted: WantedMetrics,
  regions: readonly RegionCode[],
  asOfMs: number,
): Promise<Observation[]> {
  const metrics = new Set([...wanted.A, ...wanted.D, ...wanted.H]);
  for (const metric of [...metrics]) {
    const growth = growthMetricOf(ctx, metric);
    if (growth !== undefined) metrics.add(growth);
  }
  return readObservations(ctx, {
    metrics: [...metrics],
    regions,
    freq: ['A'],
    measure: ['target'],
    lastPeriods: TARGET_YEARS,
    asOfMs,
  });
}

async function readFine(
  ctx: Context,
  wanted: WantedMetrics,
  regions: readonly RegionCode[],
  asOfMs: number,
): Promise<Observation[]> {
  const series = (['D', 'H'] as const).map((freq) => ({ freq, metrics: [...wanted[freq]] }));
  const newest = await newestPeriods(ctx, { series, regions, asOfMs });
  const reads = (['D', 'H'] as const).flatMap((freq) => {
    const own = newest.filter((entry) => entry.freq === freq);
    return groupByNewest(own).flatMap((group) => {
      const toMs = nextPeriod(freq, group.newestMs);
      const base = { metrics: group.metrics, regions, freq: [freq], asOfMs };
      const recent = readComparable(ctx, {
        ...base,
        fromMs: addPeriods(freq, group.oldestMs, 1 - FINE_PERIODS[freq]),
        toMs,
      });
      // Of an hour there is no 同比 to judge, but why not is asked of that of last year.
      const before = freq === 'H' ? 0 : 1;
      const lastYear = readComparable(ctx, {
        ...base,
        fromMs: addPeriods(freq, samePeriodLastYear(freq, group.oldestMs), -before),
        toMs: nextPeriod(freq, samePeriodLastYear(freq, group.newestMs)),
      });
      return [recent, lastYear];
    });
  });
  return (await Promise.all(reads)).flat();
}

interface NewestGroup {
  metrics: string[];
  newestMs: number;
  oldestMs: number;
}

function groupByNewest(entries: readonly { metric: string; periodMs: number }[]): NewestGroup[] {
  const groups: NewestGroup[] = [];
  for (const { metric, periodMs } of [...entries].sort((a, b) => b.periodMs - a.periodMs)) {
    const last = groups.at(-1);
    if (last && last.newestMs - periodMs <= TOGETHER_MS) {
      last.metrics.push(metric);
      last.oldestMs = periodMs;
    } else {
      groups.push({ metrics: [metric], newestMs: periodMs, oldestMs: periodMs });
    }
  }
  return groups;
}

/** Metrics by the class of frequency in which some panel may want them. */
type WantedMetrics = Record<'A' | FineFreq, Set<string>>;

function wantedMetrics(ctx: Context, choices: readonly MetricChoice[]): WantedMetrics {
  const wanted: WantedMetrics = { A: new Set(), D: new Set(), H: new Set() };
  for (const choice of choices) {
    const { definition: metric } = ctx.registry.get(choice.metric);
    const finest = metric.freq;
    const judged = lampFreqs(metric);
    const admits = (freq: Freq) =>
      choice.freq === undefined || choice.freq.includes(freq) || judged.includes(freq);
    // What closes a stock between two days is a longer period.
    if (COARSE.some(admits) || isCountedOn(metric)) wanted.A.add(choice.metric);
    if (admits('D') && (finest === 'D' || finest === 'H' || finest === 'N')) wanted.D.add(choice.metric);
    if (admits('H') && (finest === 'H' || finest === 'N')) wanted.H.add(choice.metric);
  }
  return wanted;
}

type AnyPanel = ScreenDefinition['panels'][number];

/** Every metric that a panel of the screen may read, growth metrics included. */
export function choicesOfScreen({ panels }: ScreenDefinition): MetricChoice[] {
  return panels.flatMap(choicesOf);
}

function choicesOf(panel: AnyPanel): MetricChoice[] {
  switch (panel.kind) {
    case 'trend':
      return [{ ...panel.level, freq: [panel.freq] }, ...growthOf([panel], [panel.freq])];
    case 'lines':
    case 'matrix':
      return panel.choices.map((choice) => ({ ...choice, freq: [panel.freq] }));
    case 'shares':
      return [
        ...[...panel.parts, panel.whole].map(({ metric }) => ({ metric, freq: [panel.freq] })),
        ...growthOf([panel.whole], [panel.freq]),
      ];
    case 'calendar':
      return [panel.choice, panel.share];
    case 'events':
      return [panel.turning, ...panel.releases.map((metric) => ({ metric, freq: COARSE }))];
    default:
      return [...panel.choices, ...growthOf(panel.choices)];
  }
}

function growthOf(choices: readonly { growthMetric?: string }[], freq?: readonly Freq[]): MetricChoice[] {
  return choices.flatMap(({ growthMetric }) =>
    growthMetric === undefined ? [] : [{ metric: growthMetric, freq: freq ?? COARSE }],
  );
}
