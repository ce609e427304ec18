import { rank } from '@/metrics/calculus/rank';
import { toDecimal } from '@/metrics/format/decimal';
import type { RegionCode } from '@/metrics/model/cell';
import { hasPlaces, originsNote, rankEntry } from '@/metrics/workings/rank-entry';
import type { MapChoice } from '@/server/services/screens/definition/model';
import { standardIn } from '@/server/services/screens/edition';
import { isDemo, labelOf, unitText } from '@/server/services/screens/figure';
import { growthMetricOf } from '@/server/services/screens/growth-metric';
import { lampOf } from '@/server/services/screens/lamp';
import { readableChoices } from '@/server/services/screens/panels/access';
import {
  changesByRegion,
  noteFor,
  readRegional,
  regionalFigure,
  selectedOf,
} from '@/server/services/screens/panels/map';
import { definitionOf, type Reading, regionRef } from '@/server/services/screens/reading';
import type { Figure, Ranking, RankingData, RankingRow } from '@/server/services/screens/types';

/** The subordinates in competition rank (1-2-2-4) of the newest period that they have in common, by every metric. */
export async function readRanking(reading: Reading, wanted: readonly MapChoice[]): Promise<RankingData> {
  const choices = readableChoices(reading, wanted);
  const { compared, region } = reading;
  const rankings = await Promise.all(choices.map((choice) => rankingOf(reading, choice)));
  return { region: compared, selected: selectedOf(region), rankings };
}

async function rankingOf(reading: Reading, choice: MapChoice): Promise<Ranking> {
  const { children, asOfMs } = reading;
  const definition = definitionOf(reading, choice.metric);
  const regional = await readRegional(reading, choice);
  const { observations, current } = regional;
  const growthMetric = choice.growthMetric ?? growthMetricOf(reading.ctx, choice.metric);
  const judged = await reading.pool.read({
    metrics: [choice.metric, growthMetric ?? choice.metric],
    regions: children.map(({ code }) => code),
  });
  const standard = standardIn(reading.ctx, definition);
  const changes = changesByRegion(reading, choice, observations, current);
  const ranked = rank({
    entries: children.map(({ code }) => rankEntry(code, current.get(code))),
    direction: definition.direction,
    precision: definition.precision,
    rounding: definition.rounding,
    ...(definition.band && { band: { low: definition.band[0], high: definition.band[1] } }),
  });
  const lamped = (region: RegionCode): Figure => {
    const figure = regionalFigure(reading, choice, region, regional);
    const lamp = lampOf({
      definition,
      standard,
      current: current.get(region),
      observations: judged.filter((o) => o.region === region),
      asOfMs,
      freshness: figure.freshness,
      ...(growthMetric !== undefined && { growthMetric }),
    });
    return { ...figure, lamp };
  };
  const largest = ranked.reduce((most, { value }) => Math.max(most, toDecimal(value)?.toNumber() ?? 0), 0);
  const placed = hasPlaces(ranked);
  const rows = ranked.flatMap(({ key, value, rank: place }): RankingRow[] => {
    const change = changes[key];
    if (!change) return [];
    const number = toDecimal(value)?.toNumber() ?? null;
    return [
      {
        region: regionRef(key),
        rank: placed ? place : null,
        figure: lamped(key),
        change,
        bar: number === null || number < 0 || largest === 0 ? null : number / largest,
      },
    ];
  });
  const first = [...current.values()][0];
  return {
    key: choice.key,
    name: choice.name ?? definition.name,
    unit: unitText(definition.unit),
    periodLabel: first ? labelOf(definition, first, asOfMs) : '',
    rows,
    covered: current.size,
    placesNote: originsNote(definition, [...current.values()]),
    note: current.size === 0 ? await noteFor(reading, choice) : null,
    demo: [...current.values()].some(isDemo),
  };
}
