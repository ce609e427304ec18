import { rank } from '@/metrics/calculus/rank';
import { share } from '@/metrics/calculus/share';
import { sameBatch } from '@/metrics/calculus/vintage';
import { formatNumber } from '@/metrics/format/number';
import type { Observation, RegionCode } from '@/metrics/model/cell';
import { isCensusCount, isOtherCount } from '@/metrics/model/census-count';
import type { MetricDefinition } from '@/metrics/model/definition';
import { isComputedSource, isOfAnotherCollection, OTHER_COLLECTION_ZH } from '@/metrics/model/derived-source';
import { isBalance } from '@/metrics/model/figure-range';
import { childrenOf, NATION_CODE, parentOf } from '@/metrics/regions/tree';
import { formatPeriod } from '@/metrics/time/label';
import { addPeriods } from '@/metrics/time/period';
import { hasPlaces, isIncomplete, originsNote, rankEntry } from '@/metrics/workings/rank-entry';
import { regionInScope } from '@/server/access/scope';
import { readObservations } from '@/server/observations/read';
import { absenceOf } from '@/server/services/desk/absent';
import { lackingByRegion } from '@/server/services/desk/operands-without';
import type { Reach } from '@/server/services/desk/reach';
import { isUnfinished } from '@/server/services/desk/select';
import { newestUnitDay } from '@/server/services/desk/series-end';
import { figureAt, periodLabel, readStretch } from '@/server/services/desk/series-index';
import type { RegionRow, RegionTable } from '@/server/services/desk/types';
import { isDemo, notAtLevel } from '@/server/services/screens/figure';
import { isOfNothing, ofNothingZh } from '@/server/services/screens/of-nothing';
import { classIndex, quantileClasses, standardClasses } from '@/server/services/screens/panels/classes';
import { commonPeriod } from '@/server/services/screens/panels/common-period';
import { regionRef } from '@/server/services/screens/reading';
import type { Figure } from '@/server/services/screens/types';

const PERIODS_READ = 13;
/** The palette of a standard has this many classes (HJ 633); other standards fall back to quantiles. */
const STANDARD_CLASSES = 6;

interface At {
  region: RegionCode;
  slice: string;
  /** The period asked for; absent: the newest that most regions have. */
  periodMs?: number | undefined;
  withData: readonly RegionCode[];
}

/**
 * The regions side by side: those below the page's region, or its neighbours where nothing below it has data. Ranked
 * as displayed (1-2-2-4, by direction), missing at the end. Who may not see all regions gets no ranks: a place among
 * some would pass for a place among all.
 */
export async function readRegions(reach: Reach, at: At): Promise<RegionTable | null> {
  const { definition, freq } = reach;
  const { container, members, hidden } = membersOf(reach, at);
  if (members.length === 0) return null;
  const periodMs =
    at.periodMs ??
    (await newestWholeDay(reach, members, at.slice)) ??
    (await newestCommon(reach, members, at.slice));
  const base = {
    container: regionRef(container),
    classes: [],
    levels: {},
    scale: 'quantile' as const,
    demo: false,
  };
  if (periodMs === null) {
    const note = `没有分地区的${at.slice === '' ? '' : '该分组'}数据`;
    return { ...base, periodLabel: '', period: null, rows: [], covered: 0, notes: [note] };
  }
  const index = await readStretch(reach, {
    regions: [container, ...members],
    slices: [at.slice],
    fromMs: periodMs,
    lastMs: periodMs,
  });
  const current = new Map(members.map((code) => [code, index.at(code, at.slice, periodMs)]));
  const whole = index.at(container, at.slice, periodMs);
  const wholeOf = await wholesOf(reach, [...current.values()], whole);
  const ranked = rank({
    entries: members.map((code) => rankEntry(code, current.get(code))),
    direction: definition.direction,
    precision: definition.precision,
    rounding: definition.rounding,
    ...(definition.band && { band: { low: definition.band[0], high: definition.band[1] } }),
  });
  const empty = members.filter((code) => current.get(code) === undefined);
  const lacking = await lackingByRegion(reach.ctx, definition, empty, reach.asOfMs);
  const placed = hasPlaces(ranked);
  const rows = ranked.map(
    ({ key: code, rank: place }): RegionRow => ({
      region: regionRef(code),
      rank: hidden > 0 || !placed ? null : place,
      figure: rowFigure(
        reach,
        { region: code, slice: at.slice },
        { current: current.get(code), lacking: lacking.get(code) },
        periodMs,
      ),
      change: index.yoy(code, at.slice, periodMs),
      share: shareOf(definition, current.get(code), wholeOf(current.get(code))),
      selected: code === at.region,
    }),
  );
  const present = ranked.flatMap(({ value }) => (value === null ? [] : [value]));
  const incomplete = [...current.values()].filter((o) => isIncomplete(o)).length;
  const ofNothing = [...current.values()].filter((o) => o && isOfNothing(o)).length;
  const standard = standardClasses(definition);
  const isStandard = standard.length === STANDARD_CLASSES;
  const classes = isStandard ? standard : quantileClasses(present, definition.precision);
  return {
    container: regionRef(container),
    periodLabel: periodLabel(reach, periodMs, alike([...current.values()])),
    period: formatPeriod(freq, periodMs),
    rows,
    covered: present.length,
    notes: [
      ...notesOf(definition, hidden, members.length - present.length - ofNothing, incomplete),
      ...(ofNothing > 0 ? [`${ofNothing} 个地区本期${ofNothingZh(definition)},不参加排名`] : []),
      ...[originsNote(definition, [...current.values()])].filter((note) => note !== null),
      ...(definition.additive_over_regions &&
      [...current.values()].some((part) => isOfAnotherCollection(definition, part, whole))
        ? [OTHER_COLLECTION_ZH]
        : []),
      ...shareNotes(rows, whole, wholeOf([...current.values()].find((o) => o?.value != null))),
    ],
    classes,
    levels: Object.fromEntries(ranked.map(({ key: code, value }) => [code, classIndex(classes, value)])),
    scale: isStandard ? 'standard' : 'quantile',
    demo: [...current.values()].some(isDemo),
  };
}

interface RowOf {
  current: Observation | undefined;
  /** What a region without it waits for. */
  lacking: string | undefined;
}

/** A row without an observation says what it lacks, or how its period stands by the release calendar. */
function rowFigure(
  reach: Reach,
  at: { region: RegionCode; slice: string },
  { current: o, lacking }: RowOf,
  periodMs: number,
): Figure {
  const code = at.region;
  const figure = figureAt(reach, code, o);
  if (o) return figure;
  const waits = notAtLevel(reach.definition, code) === null && lacking !== undefined;
  return { ...figure, ...(waits && { reason: lacking }), ...absenceOf(reach, at, periodMs) };
}

/** Percent of the whole of the same period; only where parts add up and none is negative, and only against the whole as reported. */
export function shareOf(
  definition: MetricDefinition,
  part: Observation | undefined,
  whole: Observation | undefined,
): { value: string; text: string } | null {
  if (!definition.additive_over_regions || isBalance(definition)) return null;
  if (isOfAnotherCollection(definition, part, whole)) return null;
  const { value } = share(part?.value, whole?.value);
  return value === null ? null : { value, text: `${formatNumber(value, { precision: 1 })}%` };
}

/** One that stands for all as to how they were counted; undefined where they were not alike. */
function alike(known: readonly (Observation | undefined)[]): Observation | undefined {
  const present = known.flatMap((o) => (o?.value == null ? [] : [o]));
  return present.every(isCensusCount) ? present[0] : undefined;
}

/**
 * The whole that a published part is a part of: as it was known when the part was published (calculus.md §9). What is
 * counted here is counted together.
 */
async function wholesOf(
  { ctx, definition, asOfMs }: Reach,
  parts: readonly (Observation | undefined)[],
  whole: Observation | undefined,
): Promise<(part: Observation | undefined) => Observation | undefined> {
  const isOlder = (part: Observation | undefined) =>
    whole !== undefined &&
    part?.value != null &&
    part.vintageMs < whole.vintageMs &&
    !isComputedSource(definition, part.source);
  if (!whole || !definition.additive_over_regions || !parts.some(isOlder)) return () => whole;
  const { metric, region, freq, basis, measure, slice, periodMs } = whole;
  const vintages = await readObservations(ctx, {
    ...{ metrics: [metric], regions: [region], freq: [freq], basis: [basis], measure: [measure] },
    ...{ slices: [slice], fromMs: periodMs, toMs: periodMs + 1000, asOfMs, allVintages: true },
  });
  return (part) => (part && isOlder(part) ? (sameBatch(vintages, part) ?? whole) : whole);
}

/** Parts as first released against a whole that has been revised since do not add up to it: say so. */
function shareNotes(
  rows: readonly RegionRow[],
  newest: Observation | undefined,
  whole: Observation | undefined,
): string[] {
  if (newest?.value !== whole?.value) return ['占比:总量其后另有发布,按与分地区同一批次的总量计'];
  const settled = whole?.status === 'final' || whole?.status === 'census';
  const mixed = rows.some(
    ({ share: part, figure }) => part && figure.status !== null && figure.status !== whole?.status,
  );
  if (!whole || !mixed) return [];
  if (rows.some(({ figure: { status } }) => status !== null && isOtherCount({ status }, whole)))
    return ['占比:总量与分地区一为普查时点数,一为年末推算数'];
  const what = settled ? '总量为修订后的版次,分地区为初步数' : '总量与分地区的版次状态不同';
  return [`占比:${what},各占比之和可不等于 100%`];
}

function membersOf({ ctx }: Reach, { region, withData }: At) {
  const below = childrenOf(region).map(({ code }) => code);
  const parent = parentOf(region);
  const useBelow = below.some((code) => withData.includes(code)) || parent === null || parent === NATION_CODE;
  const container = useBelow ? region : parent;
  const all = useBelow ? below : childrenOf(container).map(({ code }) => code);
  const members = all.filter((code) => regionInScope(ctx.actor.scope, code));
  return { container, members, hidden: all.length - members.length };
}

/** Of units of judgement every day that arrived is whole: counties without a case have zeros in it. */
async function newestWholeDay(
  reach: Reach,
  regions: readonly RegionCode[],
  slice: string,
): Promise<number | null> {
  const newest = await newestUnitDay(reach, regions, slice);
  if (newest === null) return null;
  return isUnfinished(reach.definition, reach.freq, newest, reach.asOfMs)
    ? addPeriods('D', newest, -1)
    : newest;
}

async function newestCommon(
  reach: Reach,
  regions: readonly RegionCode[],
  slice: string,
): Promise<number | null> {
  const { ctx, definition, freq, basis, asOfMs } = reach;
  const recent = await readObservations(ctx, {
    metrics: [definition.code],
    regions,
    freq: [freq],
    basis: [basis],
    measure: ['level'],
    slices: [slice],
    lastPeriods: PERIODS_READ,
    asOfMs,
  });
  const finished = recent.filter((o) => !isUnfinished(definition, freq, o.periodMs, asOfMs));
  const choice = { metric: definition.code, freq: [freq], basis: [basis] };
  const [first] = commonPeriod(
    finished.length > 0 ? finished : recent,
    choice,
    definition,
    regions.length,
  ).values();
  return first?.periodMs ?? null;
}

function notesOf(
  definition: MetricDefinition,
  hidden: number,
  missing: number,
  incomplete: number,
): string[] {
  const notes: string[] = [];
  if (hidden > 0) notes.push(`有 ${hidden} 个地区不在您的数据范围内,不排名`);
  else if (definition.direction === 'neutral') notes.push('本指标不分好坏,只排序不排名');
  if (missing > 0) notes.push(`${missing} 个地区缺数,不参加排名`);
  if (incomplete > 0) notes.push(`${incomplete} 个地区不完整,不参加排名`);
  return notes;
}
