import { EARS_REACH_DAYS, EarsMemo, MERGE_DAYS, observedCounts } from '@/metrics/calculus/ears';
import { severity } from '@/metrics/calculus/lamp';
import { lampSets } from '@/metrics/calculus/lamp-sets';
import { type JudgedDay, judgeUnit, unitSignals } from '@/metrics/calculus/unit-signals';
import type { RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { countsZeros, isOfUnit, judgesUnits, unitSlices } from '@/metrics/model/judged-unit';
import { parseSlice } from '@/metrics/model/slice';
import { isWithin, regionsOfLevel } from '@/metrics/regions/tree';
import { addPeriods, nextPeriod, periodRange } from '@/metrics/time/period';
import { assertCan } from '@/server/access/roles';
import { assertDomain, assertRegion, regionInScope } from '@/server/access/scope';
import type { Context } from '@/server/context';
import { AppError } from '@/server/errors';
import { newestArrival, readArrival } from '@/server/observations/arrival';
import { readUnitDays, type UnitDays } from '@/server/observations/unit-days';
import { dayLabel, signalRow } from '@/server/services/desk/signal-row';
import type { SignalList, SignalRow } from '@/server/services/desk/signal-types';
import { SingleCases } from '@/server/services/desk/single-cases';
import { dimensionTitle } from '@/server/services/desk/words';
import { knownInstant } from '@/server/services/observations/known-instant';
import { unitText } from '@/server/services/screens/figure';
import { regionRef } from '@/server/services/screens/reading';
import { rootRegion } from '@/server/services/screens/root-region';

/** Days up to the newest one in which a signal must have an alarm to be listed. */
const SHOWN_DAYS = 14;

export interface SignalsInput {
  code: string;
  /** Default: the widest region of the reader's scope. */
  region?: RegionCode | undefined;
  asOfMs?: number | undefined;
  /** At most so many signals; absent: all. */
  limit?: number | undefined;
}

/**
 * 预警信号: units of judgement within a region whose newest days carry an alarm, as known at an instant, alarms of a week
 * merged, worst first.
 * @throws AppError `not_found` for an unknown metric or region, `forbidden` outside the scope, `bad_input` for a metric
 * that is not judged by units and for an instant to come.
 */
export async function readSignals(ctx: Context, input: SignalsInput): Promise<SignalList> {
  assertCan(ctx.actor, 'metric:read');
  const { definition } = ctx.registry.get(input.code);
  assertDomain(ctx.actor.scope, definition.domain);
  const region = input.region === undefined ? rootRegion(ctx) : regionRef(input.region);
  assertRegion(ctx.actor.scope, region.code);
  const asOfMs = input.asOfMs === undefined ? ctx.clock.nowMs() : knownInstant(ctx, input.asOfMs);
  const dimensions = [...unitSlices(definition).keys()];
  const [first] = dimensions;
  if (first === undefined)
    throw new AppError('bad_input', `${definition.name}不按县与病种或主题判预警信号`, { place: 'code' });
  const found = await signalsWithin(ctx, definition, { region: region.code, dimensions, asOfMs });
  const signals = found.signals.sort(worstFirst);
  const byColour: SignalList['byColour'] = {};
  for (const { colour } of signals) byColour[colour] = (byColour[colour] ?? 0) + 1;
  const { newestMs } = found;
  return {
    metric: definition.code,
    asOfMs,
    region,
    kindTitle: dimensionTitle(first, definition),
    unit: unitText(definition.unit),
    newestMs,
    newestLabel: newestMs === null ? null : dayLabel(newestMs),
    days: SHOWN_DAYS,
    tentativeDays: Math.max(0, ...lampSets(definition).map((set) => set.tentative_days ?? 0)),
    judged: found.judged,
    lacking: found.lacking,
    signals: signals.slice(0, input.limit),
    total: signals.length,
    byColour,
    demo: found.demo,
  };
}

interface Found {
  newestMs: number | null;
  judged: number;
  lacking: number;
  demo: boolean;
  signals: SignalRow[];
}

async function signalsWithin(
  ctx: Context,
  definition: MetricDefinition,
  { region, dimensions, asOfMs }: { region: RegionCode; dimensions: readonly string[]; asOfMs: number },
): Promise<Found> {
  const metric = definition.code;
  const counties = regionsOfLevel('county')
    .map(({ code }) => code)
    .filter((code) => isWithin(code, region) && regionInScope(ctx.actor.scope, code));
  const feed = { metric, counties, asOfMs };
  const newestMs = await newestArrival(ctx, feed);
  const found: Found = { newestMs, judged: 0, lacking: 0, demo: false, signals: [] };
  if (newestMs === null) return found;
  const daysMs = daysUpTo(lastJudged(definition, newestMs, asOfMs));
  const stretch = { fromMs: daysMs[0] ?? newestMs, toMs: newestMs };
  const [units, arrival] = await Promise.all([
    readUnitDays(ctx, { metric, within: region, dimensions, asOfMs, ...stretch }),
    readArrival(ctx, { ...feed, ...stretch }),
  ]);
  const shownMs = addPeriods('D', newestMs, 1 - SHOWN_DAYS);
  const memo = new EarsMemo();
  const [usual] = dimensions;
  const single = new SingleCases();
  const wider: { days: JudgedDay[]; rows: SignalRow[]; included: string[] }[] = [];
  for (const unit of units) {
    const sets = setsOfUnit(definition, unit);
    if (sets.length === 0) continue;
    const arrived = countsZeros(definition) ? arrival(unit.region) : new Set<number>();
    const counts = observedCounts(daysMs, unit.counts, arrived);
    const days = judgeUnit({ ...definition, sets, daysMs, counts }, memo);
    const isJudged = days.some(({ dayMs, lamp }) => dayMs >= shownMs && lamp !== null);
    if (isJudged) found.judged += 1;
    else found.lacking += 1;
    found.demo ||= unit.demo;
    const own = unitSignals(days).filter(({ lastMs }) => lastMs >= shownMs);
    const rows = own.map((signal) => signalRow(definition, unit, signal, asOfMs));
    const kind = parseSlice(unit.slice)[usual ?? ''];
    if (kind !== undefined) {
      single.add(unit.region, kind, days);
      found.signals.push(...rows);
    } else wider.push({ days, rows, included: sets.flatMap(({ only }) => only?.includes ?? []) });
  }
  // 甲类 beside 鼠疫 in the same county on the same days are the same cases: one row.
  for (const { days, rows, included } of wider)
    found.signals.push(...rows.filter((row) => !single.explain(row, days, included)));
  return found;
}

function setsOfUnit(definition: MetricDefinition, { region, slice }: UnitDays) {
  const cell = { region, slice, freq: 'D' as const };
  return lampSets(definition).filter((set) => judgesUnits(set) && isOfUnit(definition, set, cell));
}

/** A count so far can only grow, so that its alarm stands; a rate of half a day can go either way. */
function lastJudged(definition: MetricDefinition, newestMs: number, asOfMs: number): number {
  const running = nextPeriod('D', newestMs) > asOfMs;
  return running && !countsZeros(definition) ? addPeriods('D', newestMs, -1) : newestMs;
}

/** The days listed, what may belong to a signal with them, and what the first of these is judged by. */
function daysUpTo(lastMs: number): number[] {
  return periodRange(
    'D',
    addPeriods('D', lastMs, 1 - SHOWN_DAYS - MERGE_DAYS - EARS_REACH_DAYS),
    nextPeriod('D', lastMs),
  );
}

/** What is settled before hints, severe before mild, then by how far above its usual. */
function worstFirst(a: SignalRow, b: SignalRow): number {
  return (
    Number(a.tentative) - Number(b.tentative) ||
    severity(b.colour) - severity(a.colour) ||
    b.excess - a.excess ||
    b.dayMs - a.dayMs
  );
}
