import type { Observation, RegionCode } from '@/metrics/model/cell';
import { isObservedZero } from '@/metrics/model/observed-zero';
import { unverifiedReason } from '@/metrics/model/unverified';
import { formatPeriod } from '@/metrics/time/label';
import { readComparable } from '@/server/observations/comparable';
import type { SeriesSummary } from '@/server/observations/series';
import { calculusOf } from '@/server/services/calculus/workings-of';
import { absenceOf } from '@/server/services/desk/absent';
import { chosenPeriod } from '@/server/services/desk/chosen';
import { headlineChanges } from '@/server/services/desk/headline';
import { neverDue } from '@/server/services/desk/never-due';
import { awaitedHere } from '@/server/services/desk/operands-without';
import type { Reach } from '@/server/services/desk/reach';
import { readRegions } from '@/server/services/desk/regions';
import { restCall } from '@/server/services/desk/rest-call';
import { isCourse } from '@/server/services/desk/select';
import { seriesEnd } from '@/server/services/desk/series-end';
import { seriesFreshness } from '@/server/services/desk/series-freshness';
import { figureAt, periodLabel, readStretch } from '@/server/services/desk/series-index';
import { readSlices } from '@/server/services/desk/slices';
import { emptyHere } from '@/server/services/desk/state';
import { trendOf, trendStart } from '@/server/services/desk/trend';
import type { MetricPage, MetricRef, MetricState } from '@/server/services/desk/types';
import { readVintages } from '@/server/services/desk/vintages';
import { labelOfWhole, WholeYears } from '@/server/services/desk/whole-years';
import { textOf } from '@/server/services/screens/figure';
import { readJudgement } from '@/server/services/screens/judgement';
import { madeOf } from '@/server/services/screens/made-of';
import { regionRef } from '@/server/services/screens/reading';
import type { Figure, RegionRef } from '@/server/services/screens/types';

interface Chosen {
  region: RegionRef;
  slice: string;
  series: readonly SeriesSummary[];
  withData: readonly RegionCode[];
  /** What the metric is made of. */
  operands: readonly MetricRef[];
}

export type ChosenPart = Omit<MetricPage, keyof MetricState | CommonKeys>;
type CommonKeys =
  | 'asOfMs'
  | 'pinned'
  | 'dataVersion'
  | 'root'
  | 'definition'
  | 'choices'
  | 'mayExport'
  | 'judgesUnits';

/** What was asked of the cell. */
interface Asked {
  /** SDMX text; default the newest finished period with a value. */
  period?: string | undefined;
  asOfMs?: number | undefined;
}

/** The chosen cell of a page with all that is shown of it, its course and what lies beside it. */
export async function readChosen(reach: Reach, input: Asked, chosen: Chosen): Promise<ChosenPart> {
  const { definition, freq, basis, asOfMs } = reach;
  const { region, slice, withData } = chosen;
  const at = { region: region.code, slice };
  const series = seriesOf(reach, chosen);
  const own = series.filter((entry) => entry.slice === slice && isCourse(entry));
  const [endMs, years] = await Promise.all([
    seriesEnd(reach, series, at),
    WholeYears.read(reach, own.length === 0 ? [] : chosen.series, at),
  ]);
  const firstMs = Math.min(...own.map((entry) => entry.firstMs));
  const lastMs = Math.max(endMs ?? Number.NEGATIVE_INFINITY, years.lastMs() ?? Number.NEGATIVE_INFINITY);
  const fromMs = own.length === 0 ? null : trendStart(freq, firstMs, lastMs);
  const askedMs = chosenPeriod(reach, input.period);
  const index =
    fromMs === null
      ? null
      : await readStretch(reach, {
          regions: [region.code],
          slices: [slice],
          fromMs: Math.min(fromMs, askedMs ?? fromMs),
          lastMs: Math.max(lastMs, askedMs ?? lastMs),
        });
  const trend = index && trendOf(reach, index, years, { ...at, fromMs: fromMs ?? 0, lastMs });
  const newest = trend?.points.findLast(({ value, running }) => value !== null && !running);
  const courseMs = askedMs ?? newest?.periodMs ?? trend?.points.at(-1)?.periodMs ?? null;
  const inCourse = courseMs === null ? undefined : index?.at(region.code, slice, courseMs);
  // 1–12月 of which the year alone was published is that year, with its regions, its vintages and its calculus.
  const whole = courseMs === null || inCourse?.value != null ? undefined : years.endedBy(courseMs);
  const shown = (whole && years.reach) ?? reach;
  const observation = whole?.level ?? inCourse;
  const periodMs = whole?.level.periodMs ?? courseMs;
  const cell = { ...at, metric: definition.code, measure: 'level' as const };
  const isZero = observation !== undefined && isObservedZero(observation);
  const [made, calculus, regions, slices, vintages, figureNow, judgement] = await Promise.all([
    observation?.flags.includes('missing_parts') ? madeOf(reach.ctx, observation) : null,
    periodMs === null || own.length === 0
      ? null
      : calculusOf(reach.ctx, { ...cell, freq: shown.freq, basis: shown.basis, periodMs }, asOfMs),
    // Regions without a cell have no say in which period most of them have: they are beside the zero of the page.
    readRegions(shown, {
      ...{ ...at, withData },
      periodMs: (whole ? periodMs : askedMs) ?? (isZero ? (periodMs ?? undefined) : undefined),
    }),
    periodMs === null
      ? []
      : readSlices(shown, { region: region.code, periodMs, series: seriesOf(shown, chosen) }),
    periodMs === null || fromMs === null
      ? []
      : readVintages(shown, { ...at, lastMs: whole ? periodMs : lastMs, chosenMs: periodMs }),
    input.asOfMs === undefined || periodMs === null
      ? null
      : readNow(shown, { region, slice, periodMs }, observation),
    observation && readJudgement(reach.ctx, definition, observation, shown),
  ]);
  const figure = figureAt(shown, region.code, observation);
  const empty = own.length === 0 && figure.value === null;
  const awaited = empty
    ? ((await neverDue(reach, at)) ??
      (await awaitedHere(reach.ctx, chosen.operands, { region: region.code, asOfMs })))
    : null;
  const newestMs = newest?.periodMs ?? lastMs;
  const last = newest?.wholeYear ? years.endedBy(newestMs)?.level : index?.cell(region.code, slice, newestMs);
  return {
    selection: { region, freq, basis, slice, period: input.period ?? null },
    figure: {
      ...figure,
      ...(courseMs !== null && own.length > 0 && !observation && absentAt(reach, cell, courseMs)),
      ...(whole && { periodLabel: labelOfWhole(periodLabel(reach, courseMs ?? whole.level.periodMs)) }),
      ...(empty && {
        reason: emptyHere(definition, region, awaited ?? figure.reason, withData.map(regionRef)),
      }),
      ...judgement?.figure,
    },
    figureNow,
    lacking: made?.lacking ?? [],
    changes: calculus ? headlineChanges(calculus.workings) : [],
    calculus,
    freshness: last ? await seriesFreshness(reach, last) : null,
    newestLabel: newest?.label ?? null,
    chosenMs: courseMs,
    trend,
    regions,
    slices,
    vintages,
    rest: restCall({
      ...{ metric: definition.code, region: region.code, freq, basis, slice },
      from: fromMs === null ? null : formatPeriod(freq, fromMs),
      to: fromMs === null ? null : formatPeriod(freq, lastMs),
      cell:
        periodMs === null
          ? null
          : { freq: shown.freq, basis: shown.basis, period: formatPeriod(shown.freq, periodMs) },
      asOfMs: input.asOfMs,
    }),
  };
}

function seriesOf({ freq, basis }: Pick<Reach, 'freq' | 'basis'>, { series }: Pick<Chosen, 'series'>) {
  return series.filter((entry) => entry.freq === freq && entry.basis === basis);
}

/** A period of the series that has no cell. */
function absentAt(
  reach: Reach,
  at: { region: RegionCode; slice: string },
  periodMs: number,
): Partial<Figure> {
  return { ...absenceOf(reach, at, periodMs), periodLabel: periodLabel(reach, periodMs) };
}

/** The same cell as it is known today; null when nothing newer came. */
async function readNow(
  { ctx, definition, freq, basis }: Reach,
  at: { region: RegionRef; slice: string; periodMs: number },
  seen: Observation | undefined,
): Promise<MetricPage['figureNow']> {
  const [now] = await readComparable(ctx, {
    metrics: [definition.code],
    regions: [at.region.code],
    freq: [freq],
    basis: [basis],
    measure: ['level'],
    slices: [at.slice],
    fromMs: at.periodMs,
    toMs: at.periodMs + 1000,
    asOfMs: ctx.clock.nowMs(),
  });
  if (!now || now.vintageMs === seen?.vintageMs) return null;
  // Of a zero nothing newer came where only its whole was told again.
  if (seen && isObservedZero(seen) && isObservedZero(now)) return null;
  return {
    text: textOf(definition, now),
    status: now.status,
    unverified: now.value === null ? null : unverifiedReason(now),
  };
}
