import { basisTitle, FREQ_ZH } from '@/metrics/format/definition-words';
import { nameAt } from '@/metrics/format/metric-name';
import type { Freq, Observation, RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { unitSlices } from '@/metrics/model/judged-unit';
import { isObservedZero } from '@/metrics/model/observed-zero';
import { unverifiedReason } from '@/metrics/model/unverified';
import { formatPeriod } from '@/metrics/time/label';
import { assertCan, can } from '@/server/access/roles';
import { assertDomain, assertRegion } from '@/server/access/scope';
import { readWorkCalendar } from '@/server/calendar/holidays';
import type { Context } from '@/server/context';
import { currentDataVersion } from '@/server/observations/append';
import { readComparable } from '@/server/observations/comparable';
import { listSeries, regionsWithData, type SeriesSummary } from '@/server/observations/series';
import { calculusOf } from '@/server/services/calculus/workings-of';
import { absenceOf } from '@/server/services/desk/absent';
import { chosenPeriod, sliceOf } from '@/server/services/desk/chosen';
import { definitionView } from '@/server/services/desk/definition-view';
import { headlineChanges } from '@/server/services/desk/headline';
import { awaitedHere, awaitedOperands } from '@/server/services/desk/operands-without';
import type { Reach } from '@/server/services/desk/reach';
import { readRegions } from '@/server/services/desk/regions';
import { restCall } from '@/server/services/desk/rest-call';
import { chooseSeries, FREQ_ORDER, isCourse, type SeriesChoice } from '@/server/services/desk/select';
import { seriesEnd } from '@/server/services/desk/series-end';
import { seriesFreshness } from '@/server/services/desk/series-freshness';
import { figureAt, periodLabel, readStretch } from '@/server/services/desk/series-index';
import { readSlices } from '@/server/services/desk/slices';
import { emptyHere, stateReader } from '@/server/services/desk/state';
import { trendOf, trendStart } from '@/server/services/desk/trend';
import type { Choices, MetricPage, MetricRef, MetricState } from '@/server/services/desk/types';
import { readVintages } from '@/server/services/desk/vintages';
import { IS_THE_YEAR, readWholeYears, type WholeYears } from '@/server/services/desk/whole-years';
import { sliceTitle } from '@/server/services/desk/words';
import { knownInstant } from '@/server/services/observations/known-instant';
import { figureOf, textOf } from '@/server/services/screens/figure';
import type { Moment } from '@/server/services/screens/freshness';
import { readJudgement } from '@/server/services/screens/judgement';
import { madeOf } from '@/server/services/screens/made-of';
import { regionRef } from '@/server/services/screens/reading';
import { rootRegion } from '@/server/services/screens/root-region';
import type { Figure, RegionRef } from '@/server/services/screens/types';

export interface MetricPageInput {
  code: string;
  /** Default: the widest region of the reader's scope. */
  region?: RegionCode | undefined;
  freq?: Freq | undefined;
  basis?: string | undefined;
  /** Canonical; default the whole. */
  slice?: string | undefined;
  /** SDMX text; default the newest finished period with a value. */
  period?: string | undefined;
  /** As known at this instant; default now. */
  asOfMs?: number | undefined;
}

/**
 * Everything that the page of one metric shows, at one instant: the chosen cell with its changes, the trend, regions
 * and slices of its period, every vintage, the definition with its lineage.
 * @throws AppError `not_found` for an unknown metric or region, `forbidden` outside the scope, `bad_input` for a
 * period or slice that is none and for an instant to come.
 */
export async function readMetricPage(ctx: Context, input: MetricPageInput): Promise<MetricPage> {
  assertCan(ctx.actor, 'metric:read');
  const entry = ctx.registry.get(input.code);
  const { definition } = entry;
  assertDomain(ctx.actor.scope, definition.domain);
  const root = rootRegion(ctx);
  const region = input.region === undefined ? root : regionRef(input.region);
  assertRegion(ctx.actor.scope, region.code);
  const slice = sliceOf(input.slice);
  const asOfMs = input.asOfMs === undefined ? ctx.clock.nowMs() : knownInstant(ctx, input.asOfMs);
  const where = { metric: definition.code, asOfMs };
  const [dataVersion, series, withData, calendar] = await Promise.all([
    currentDataVersion(ctx),
    listSeries(ctx, { ...where, region: region.code }),
    regionsWithData(ctx, where),
    readWorkCalendar(ctx),
  ]);
  const choice = await choose(ctx, definition, { ...input, slice, asOfMs }, series, withData);
  const view = definitionView(ctx.registry, entry);
  const at = { region: region.code, asOfMs };
  const state = await awaitedOperands(
    ctx,
    stateReader(ctx)(definition, withData.length > 0),
    view.operands,
    at,
  );
  const common = {
    ...state,
    asOfMs,
    pinned: input.asOfMs !== undefined,
    dataVersion,
    root,
    mayExport: can(ctx.actor, 'metric:export'),
    judgesUnits: unitSlices(definition).size > 0,
    definition: choice ? { ...view, name: nameAt(definition, choice) } : view,
    choices: choicesOf(definition, series, choice, region, withData),
  };
  if (!choice) return { ...common, ...nothingYet(definition, region, slice, state, { asOfMs, calendar }) };
  const reach: Reach = { ctx, definition, ...choice, asOfMs, calendar };
  return {
    ...common,
    ...(await readChosen(reach, input, { region, slice, series, withData, operands: view.operands })),
  };
}

async function choose(
  ctx: Context,
  definition: MetricDefinition,
  wanted: { freq?: Freq | undefined; basis?: string | undefined; slice: string; asOfMs: number },
  series: readonly SeriesSummary[],
  withData: readonly RegionCode[],
): Promise<SeriesChoice | null> {
  const own = series.filter(({ slice }) => slice === wanted.slice);
  const found = chooseSeries(definition, own.length > 0 ? own : series, wanted, wanted.asOfMs);
  const [elsewhere] = withData;
  if (found || elsewhere === undefined) return found;
  // The region itself has nothing, others do: their frequency still shows them side by side.
  const { asOfMs } = wanted;
  const theirs = await listSeries(ctx, { metric: definition.code, region: elsewhere, asOfMs });
  return chooseSeries(definition, theirs, wanted, asOfMs);
}

interface Chosen {
  region: RegionRef;
  slice: string;
  series: readonly SeriesSummary[];
  withData: readonly RegionCode[];
  /** What the metric is made of. */
  operands: readonly MetricRef[];
}

type ChosenPart = Omit<MetricPage, keyof MetricState | CommonKeys>;
type CommonKeys =
  | 'asOfMs'
  | 'pinned'
  | 'dataVersion'
  | 'root'
  | 'definition'
  | 'choices'
  | 'mayExport'
  | 'judgesUnits';

async function readChosen(reach: Reach, input: MetricPageInput, chosen: Chosen): Promise<ChosenPart> {
  const { definition, freq, basis, asOfMs } = reach;
  const { region, slice, withData } = chosen;
  const series = chosen.series.filter((entry) => entry.freq === freq && entry.basis === basis);
  const own = series.filter((entry) => entry.slice === slice && isCourse(entry));
  const firstMs = Math.min(...own.map((entry) => entry.firstMs));
  const endMs = await seriesEnd(reach, series, { region: region.code, slice });
  const lastMs = endMs ?? Number.NEGATIVE_INFINITY;
  const fromMs = own.length === 0 ? null : trendStart(freq, firstMs, lastMs);
  const stretch = { region: region.code, slice, fromMs: fromMs ?? 0, lastMs };
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
  const years = index && (await readWholeYears(reach, chosen.series, stretch));
  const trend = index && years && trendOf(reach, index, years, stretch);
  const newest = trend?.points.findLast(
    ({ value, running, wholeYear }) => value !== null && !running && !wholeYear,
  );
  const periodMs = askedMs ?? newest?.periodMs ?? trend?.points.at(-1)?.periodMs ?? null;
  const observation = periodMs === null ? undefined : index?.at(region.code, slice, periodMs);
  const cell = { metric: definition.code, region: region.code, slice, measure: 'level' as const };
  const isZero = observation !== undefined && isObservedZero(observation);
  const [made, calculus, regions, slices, vintages, figureNow, judgement] = await Promise.all([
    observation?.flags.includes('missing_parts') ? madeOf(reach.ctx, observation) : null,
    periodMs === null || own.length === 0
      ? null
      : calculusOf(reach.ctx, { ...cell, freq, basis, periodMs }, asOfMs),
    // Regions without a cell have no say in which period most of them have: they are beside the zero of the page.
    readRegions(reach, {
      ...{ region: region.code, slice, withData },
      periodMs: askedMs ?? (isZero ? (periodMs ?? undefined) : undefined),
    }),
    periodMs === null ? [] : readSlices(reach, { region: region.code, periodMs, series }),
    periodMs === null || fromMs === null
      ? []
      : readVintages(reach, { region: region.code, slice, lastMs, chosenMs: periodMs }),
    input.asOfMs === undefined || periodMs === null
      ? null
      : readNow(reach, { region, slice, periodMs }, observation),
    observation && readJudgement(reach.ctx, definition, observation, reach),
  ]);
  const figure = figureAt(reach, region.code, observation);
  const empty = own.length === 0 && figure.value === null;
  const awaited = empty
    ? await awaitedHere(reach.ctx, chosen.operands, { region: region.code, asOfMs })
    : null;
  const last = index?.cell(region.code, slice, newest?.periodMs ?? lastMs);
  return {
    selection: { region, freq, basis, slice, period: input.period ?? null },
    figure: {
      ...figure,
      ...(periodMs !== null && own.length > 0 && !observation && absentAt(reach, cell, periodMs, years)),
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
    trend,
    regions,
    slices,
    vintages,
    rest: restCall({
      metric: definition.code,
      region: region.code,
      freq,
      basis,
      slice,
      from: fromMs === null ? null : formatPeriod(freq, fromMs),
      to: fromMs === null ? null : formatPeriod(freq, lastMs),
      period: periodMs === null ? null : formatPeriod(freq, periodMs),
      asOfMs: input.asOfMs,
    }),
  };
}

/** A period of the series that has no cell. */
function absentAt(
  reach: Reach,
  at: { region: RegionCode; slice: string },
  periodMs: number,
  years: WholeYears | null,
): Partial<Figure> {
  const label = periodLabel(reach, periodMs);
  return {
    ...absenceOf(reach, at, periodMs),
    periodLabel: label,
    ...(years?.(periodMs) && { reason: IS_THE_YEAR }),
  };
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

function nothingYet(
  definition: MetricDefinition,
  region: RegionRef,
  slice: string,
  state: MetricState,
  moment: Moment,
): ChosenPart {
  const figure = figureOf(definition, region.code, undefined, moment);
  return {
    selection: { region, freq: null, basis: null, slice, period: null },
    figure: { ...figure, reason: state.reason ?? figure.reason },
    figureNow: null,
    lacking: [],
    changes: [],
    calculus: null,
    freshness: null,
    newestLabel: null,
    trend: null,
    regions: null,
    slices: [],
    vintages: [],
    rest: null,
  };
}

function choicesOf(
  definition: MetricDefinition,
  series: readonly SeriesSummary[],
  choice: SeriesChoice | null,
  region: RegionRef,
  withData: readonly RegionCode[],
): Choices {
  const freqs = FREQ_ORDER.flatMap((freq) => {
    const bases = new Map<string, number>();
    for (const entry of series.filter((s) => s.freq === freq && isCourse(s)))
      bases.set(entry.basis, Math.max(bases.get(entry.basis) ?? 0, entry.periods));
    if (bases.size === 0) return [];
    const list = [...bases].map(([basis, periods]) => ({ basis, title: basisTitle(basis), periods }));
    return [{ freq, title: FREQ_ZH[freq], bases: list }];
  });
  const slices = new Set(
    series
      .filter(
        ({ freq, basis, measure }) => freq === choice?.freq && basis === choice.basis && measure === 'level',
      )
      .map(({ slice }) => slice),
  );
  return {
    freqs,
    regions: [...new Set([region.code, ...withData])].sort((a, b) => a - b).map(regionRef),
    slices: [...slices].map((slice) => ({ slice, title: sliceTitle(slice, definition) })),
  };
}
