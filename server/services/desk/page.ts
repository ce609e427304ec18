import { basisTitle, FREQ_ZH } from '@/metrics/format/definition-words';
import { nameAt } from '@/metrics/format/metric-name';
import { isVariant } from '@/metrics/model/basis';
import type { Freq, RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { unitSlices } from '@/metrics/model/judged-unit';
import { assertCan, can } from '@/server/access/roles';
import { assertDomain, assertRegion } from '@/server/access/scope';
import { readWorkCalendar } from '@/server/calendar/holidays';
import type { Context } from '@/server/context';
import { currentDataVersion } from '@/server/observations/append';
import { listSeries, regionsWithData, type SeriesSummary } from '@/server/observations/series';
import { freqOf, sliceOf } from '@/server/services/desk/chosen';
import { type ChosenPart, readChosen } from '@/server/services/desk/chosen-part';
import { definitionView } from '@/server/services/desk/definition-view';
import { neverDue } from '@/server/services/desk/never-due';
import { awaitedOperands } from '@/server/services/desk/operands-without';
import type { Reach } from '@/server/services/desk/reach';
import { chooseSeries, FREQ_ORDER, isCourse, type SeriesChoice } from '@/server/services/desk/select';
import { stateReader } from '@/server/services/desk/state';
import type { Choices, MetricPage, MetricState } from '@/server/services/desk/types';
import { sliceTitle } from '@/server/services/desk/words';
import { knownInstant } from '@/server/services/observations/known-instant';
import { figureOf } from '@/server/services/screens/figure';
import type { Moment } from '@/server/services/screens/freshness';
import { regionRef } from '@/server/services/screens/reading';
import { rootRegion } from '@/server/services/screens/root-region';
import type { RegionRef } from '@/server/services/screens/types';

export interface MetricPageInput {
  code: string;
  /** Default: the widest region of the reader's scope. */
  region?: RegionCode | undefined;
  /** Default: that of the period asked for. */
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
  const freq = input.freq ?? freqOf(input.period);
  const choice = await choose(ctx, definition, { ...input, freq, slice, asOfMs }, series, withData);
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
  if (!choice) {
    const none = await neverDue({ ctx, definition, asOfMs }, { region: region.code, slice });
    const why = { ...state, reason: none ?? state.reason };
    return { ...common, ...why, ...nothingYet(definition, region, slice, why, { asOfMs, calendar }) };
  }
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
    chosenMs: null,
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
    // The usual ones first; values by other methods are for who looks for them.
    const list = [...bases]
      .map(([basis, periods]) => ({ basis, title: basisTitle(basis), periods }))
      .sort((a, b) => Number(isVariant(a.basis)) - Number(isVariant(b.basis)));
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
