import type { Observation, RegionCode } from '@/metrics/model/cell';
import { samePeriodLastYear } from '@/metrics/time/period';
import { readObservations } from '@/server/observations/read';
import { yoyOf } from '@/server/services/screens/change';
import type { MapChoice } from '@/server/services/screens/definition/model';
import { figureOf, isDemo, labelOf, unitText } from '@/server/services/screens/figure';
import { readableChoices } from '@/server/services/screens/panels/access';
import { quantileClasses, standardClasses } from '@/server/services/screens/panels/classes';
import { commonPeriod } from '@/server/services/screens/panels/common-period';
import { definitionOf, type Reading } from '@/server/services/screens/reading';
import type { ChangeFigure, MapData, MapMetric } from '@/server/services/screens/types';

const PERIODS_READ = 12;

/** Every map metric for the direct subordinates, so that switching between them needs no further read. */
export async function readMap(reading: Reading, wanted: readonly MapChoice[]): Promise<MapData> {
  const { region, children } = reading;
  const choices = readableChoices(reading, wanted);
  const metrics = await Promise.all(choices.map((choice) => readMapMetric(reading, choice)));
  return { region, children, metrics };
}

async function readMapMetric(reading: Reading, choice: MapChoice): Promise<MapMetric> {
  const { children, asOfMs } = reading;
  const definition = definitionOf(reading, choice.metric);
  const { observations, current } = await readRegional(reading, choice);
  const figures = children.map(({ code }) =>
    figureOf(definition, code, current.get(code), asOfMs, choice.name),
  );
  const present = figures.flatMap(({ value }) => (value === null ? [] : [value]));
  const standard = choice.scale === 'standard' ? standardClasses(definition) : [];
  const first = [...current.values()][0];
  return {
    key: choice.key,
    name: choice.name ?? definition.name,
    unit: unitText(definition.unit),
    periodLabel: first ? labelOf(first, asOfMs) : '',
    scale: standard.length > 0 ? 'standard' : 'quantile',
    classes: standard.length > 0 ? standard : quantileClasses(present, definition.precision),
    figures,
    changes: changesByRegion(reading, choice, observations, current),
    demo: [...current.values()].some(isDemo),
    covered: present.length,
    note: present.length === 0 ? noteFor(reading) : null,
  };
}

function noteFor({ region, children }: Reading): string {
  const level = children[0]?.level === 'county' ? '县(市、区)' : '市';
  return children.length === 0 ? `${region.name}没有下级区划` : `没有分${level}数据`;
}

/** Observations of the subordinates for one choice, and those of the period they have in common. */
export async function readRegional(
  reading: Reading,
  choice: MapChoice | (Omit<MapChoice, 'key' | 'scale'> & { key?: string }),
): Promise<{ observations: Observation[]; current: Map<RegionCode, Observation> }> {
  const { ctx, children, asOfMs } = reading;
  const definition = definitionOf(reading, choice.metric);
  const regions = children.map(({ code }) => code);
  if (regions.length === 0) return { observations: [], current: new Map() };
  const metrics = choice.growthMetric === undefined ? [choice.metric] : [choice.metric, choice.growthMetric];
  const recent = await readObservations(ctx, {
    metrics,
    regions,
    ...(choice.freq && { freq: choice.freq }),
    lastPeriods: PERIODS_READ,
    asOfMs,
  });
  const current = commonPeriod(recent, choice, definition, regions.length);
  const bases = await readBases(reading, choice, current, regions);
  return { observations: [...recent, ...bases], current };
}

/** Daily series reach back days only: the same day of last year is read by itself. */
async function readBases(
  { ctx, asOfMs }: Reading,
  choice: { metric: string },
  current: ReadonlyMap<RegionCode, Observation>,
  regions: RegionCode[],
): Promise<Observation[]> {
  const first = [...current.values()][0];
  if (first?.freq !== 'D') return [];
  const fromMs = samePeriodLastYear('D', first.periodMs);
  return readObservations(ctx, {
    metrics: [choice.metric],
    regions,
    freq: ['D'],
    fromMs,
    toMs: fromMs + 1000,
    asOfMs,
  });
}

export function changesByRegion(
  reading: Reading,
  choice: { metric: string; growthMetric?: string },
  observations: readonly Observation[],
  current: ReadonlyMap<RegionCode, Observation>,
): Record<RegionCode, ChangeFigure> {
  const definition = definitionOf(reading, choice.metric);
  return Object.fromEntries(
    reading.children.map(({ code }) => [
      code,
      yoyOf({
        definition,
        current: current.get(code),
        observations,
        asOfMs: reading.asOfMs,
        ...(choice.growthMetric !== undefined && { growthMetric: choice.growthMetric }),
      }),
    ]),
  );
}
