import type { Observation, RegionCode } from '@/metrics/model/cell';
import { yoyOf } from '@/server/services/screens/change';
import type { MapChoice } from '@/server/services/screens/definition/model';
import { standardIn } from '@/server/services/screens/edition';
import { elsewhereNote } from '@/server/services/screens/elsewhere';
import { figureOf, isDemo, labelOf, shownValue, unitText } from '@/server/services/screens/figure';
import { readableChoices } from '@/server/services/screens/panels/access';
import { classIndex, quantileClasses, standardClasses } from '@/server/services/screens/panels/classes';
import { commonPeriod } from '@/server/services/screens/panels/common-period';
import {
  definitionOf,
  type Reading,
  type RegionalObservations,
  seriesLike,
} from '@/server/services/screens/reading';
import type { ChangeFigure, Figure, MapData, MapMetric, RegionRef } from '@/server/services/screens/types';

/** Every map metric for the direct subordinates, so that switching between them needs no further read. */
export async function readMap(reading: Reading, wanted: readonly MapChoice[]): Promise<MapData> {
  const { region, compared, children } = reading;
  const choices = readableChoices(reading, wanted);
  const metrics = await Promise.all(choices.map((choice) => readMapMetric(reading, choice)));
  return { region: compared, selected: selectedOf(region), children, metrics };
}

/** The county that a screen is drilled to, or that its reader has alone. */
export function selectedOf({ level, code }: RegionRef): RegionCode | null {
  return level === 'county' ? code : null;
}

async function readMapMetric(reading: Reading, choice: MapChoice): Promise<MapMetric> {
  const { children, asOfMs } = reading;
  const definition = definitionOf(reading, choice.metric);
  const regional = await readRegional(reading, choice);
  const { observations, current } = regional;
  const figures = children.map(({ code }) => regionalFigure(reading, choice, code, regional));
  const present = figures.flatMap(({ value }) => (value === null ? [] : [value]));
  const standard = choice.scale === 'standard' ? standardClasses(definition) : [];
  const classes = standard.length > 0 ? standard : quantileClasses(present, definition.precision);
  // A standard judges the displayed value, a quantile the exact one.
  const judged = (value: string | null) => (standard.length > 0 ? shownValue(definition, value) : value);
  const first = [...current.values()][0];
  return {
    key: choice.key,
    name: choice.name ?? definition.name,
    unit: unitText(definition.unit),
    periodLabel: first ? labelOf(definition, first, asOfMs) : '',
    scale: standard.length > 0 ? 'standard' : 'quantile',
    classes,
    figures,
    levels: Object.fromEntries(
      figures.map(({ region, value }) => [region, classIndex(classes, judged(value))]),
    ),
    changes: changesByRegion(reading, choice, observations, current),
    demo: [...current.values()].some(isDemo),
    covered: present.length,
    note: present.length === 0 ? await noteFor(reading, choice) : null,
  };
}

/** A region's figure of the period in common; it is not late where the region has a newer one. */
export function regionalFigure(
  reading: Reading,
  choice: MapChoice,
  region: RegionCode,
  { observations, current, known }: RegionalObservations,
): Figure {
  const definition = definitionOf(reading, choice.metric);
  const own = current.get(region);
  const figure = figureOf(definition, region, own, { ...reading, known }, choice.name);
  const newer =
    own &&
    [...seriesLike(observations, own).values()].findLast(
      (o) => o.periodMs > own.periodMs && o.value !== null,
    );
  if (!newer) return figure;
  const text = `已有更新的一期:${labelOf(definition, newer, reading.asOfMs)}`;
  return { ...figure, freshness: { ...figure.freshness, state: 'current', text } };
}

/** Why a metric has nothing to compare here. */
export async function noteFor(reading: Reading, choice: MapChoice): Promise<string> {
  const { compared, children, path } = reading;
  const [first] = children;
  if (!first) return nothingBelow(compared);
  return elsewhereNote(reading, first.level, choice, path.slice(0, path.indexOf(compared) + 1));
}

export function nothingBelow({ name }: RegionRef): string {
  return `${name}没有下级区划`;
}

/** Read once a screen, however many panels compare the regions by it. */
export function readRegional(reading: Reading, choice: MapChoice): Promise<RegionalObservations> {
  const known = reading.shared.get(choice.key);
  if (known) return known;
  const reads = readForChoice(reading, choice);
  reading.shared.set(choice.key, reads);
  return reads;
}

async function readForChoice(reading: Reading, choice: MapChoice): Promise<RegionalObservations> {
  const { children, pool } = reading;
  const { metric, growthMetric, freq } = choice;
  const observations = await pool.read({
    metrics: growthMetric ? [metric, growthMetric] : [metric],
    regions: children.map(({ code }) => code),
    freq,
  });
  const current = commonPeriod(observations, choice, definitionOf(reading, metric), children.length);
  const known = await pool.read({ metrics: [metric], regions: children.map(({ code }) => code) });
  return { observations, current, known };
}

export function changesByRegion(
  reading: Reading,
  choice: { metric: string; growthMetric?: string },
  observations: readonly Observation[],
  current: ReadonlyMap<RegionCode, Observation>,
): Record<RegionCode, ChangeFigure> {
  const definition = definitionOf(reading, choice.metric);
  const standard = standardIn(reading.ctx, definition);
  return Object.fromEntries(
    reading.children.map(({ code }) => [
      code,
      yoyOf({
        definition,
        standard,
        current: current.get(code),
        observations,
        asOfMs: reading.asOfMs,
        ...(choice.growthMetric !== undefined && { growthMetric: choice.growthMetric }),
      }),
    ]),
  );
}
