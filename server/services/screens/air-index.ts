import { z } from 'zod';
import {
  type AqiItem,
  type AqiStandard,
  aqiStandardAt,
  concentrationPrecision,
} from '@/metrics/calculus/environment/air-standard';
import { aqi } from '@/metrics/calculus/environment/aqi';
import { iaqiBand } from '@/metrics/calculus/environment/iaqi-band';
import type { Pollutant } from '@/metrics/compile/air/aqi';
import { hourMeanSql } from '@/metrics/compile/air/hour-mean';
import { formatNumber } from '@/metrics/format/number';
import { editionOfBasis } from '@/metrics/model/basis';
import type { CellKey, Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { nextPeriod } from '@/metrics/time/period';
import type { Context } from '@/server/context';
import { findDataset } from '@/server/datasets/registry';
import { readObservations } from '@/server/observations/read';
import { unitText } from '@/server/services/screens/figure';
import type { AirIndex, AirItem } from '@/server/services/screens/passport-types';

interface Part {
  pollutant: Pollutant;
  title: string;
  items: Readonly<Record<'H' | 'D', { item: AqiItem; averaging: string }>>;
}

const HOUR = '1 小时均值';
const DAY = '24 小时均值';
const part = (
  pollutant: Pollutant,
  title: string,
  hour: AqiItem,
  day: AqiItem,
  ofDay: string = DAY,
): Part => ({
  pollutant,
  title,
  items: { H: { item: hour, averaging: HOUR }, D: { item: day, averaging: ofDay } },
});

/** In the customary order of a report. */
const PARTS: readonly Part[] = [
  part('pm25', '细颗粒物 PM2.5', 'pm25', 'pm25'),
  part('pm10', '可吸入颗粒物 PM10', 'pm10', 'pm10'),
  part('o3', '臭氧 O₃', 'o3_1h', 'o3_8h', '日最大 8 小时均值'),
  part('no2', '二氧化氮 NO₂', 'no2_1h', 'no2_24h'),
  part('so2', '二氧化硫 SO₂', 'so2_1h', 'so2_24h'),
  part('co', '一氧化碳 CO', 'co_1h', 'co_24h'),
];

/** Shown beyond the places that the standard rounds to: the reader sees what is rounded. */
const SPARE_PLACES = 2;

/** A concentration and where it stands: a cell of its own, or rows that nobody keeps a cell of. */
interface Known {
  value: string | null;
  text: string;
  unit: string;
  cell: CellKey | null;
  note: string | null;
}

/**
 * Sub-indices and primary pollutants of an AQI: the concentrations that it was made of, each with the breakpoints
 * between which it lies, so that the index can be computed again by hand. Null for every other metric.
 */
export async function airIndexOf(
  ctx: Context,
  definition: MetricDefinition,
  observation: Observation,
  asOfMs: number,
): Promise<AirIndex | null> {
  const { freq } = observation;
  if (definition.kind !== 'composite' || definition.fn?.name !== 'aqi') return null;
  if ((freq !== 'H' && freq !== 'D') || observation.slice !== '') return null;
  const { args } = definition.fn;
  const codeOf = ({ pollutant }: Part) => String(args[pollutant]);
  const cells = await readObservations(ctx, {
    metrics: PARTS.map(codeOf),
    regions: [observation.region],
    freq: [freq],
    basis: ['mean'],
    measure: ['level'],
    fromMs: observation.periodMs,
    toMs: observation.periodMs + 1,
    asOfMs,
  });
  const found = new Map(cells.map((o) => [o.metric, o]));
  const known = await Promise.all(
    PARTS.map(async (one): Promise<Known> => {
      const own = found.get(codeOf(one));
      const { definition: of } = ctx.registry.get(codeOf(one));
      const unit = unitText(of.unit);
      const precision = concentrationPrecision(one.items[freq].item) + SPARE_PLACES;
      const shown = (value: string | null) => ({ value, text: formatNumber(value, { precision }), unit });
      if (own) return { ...shown(own.value), cell: cellOf(own), note: null };
      const value = freq === 'H' ? await hourMean(ctx, of, one.pollutant, observation) : null;
      const note = value === null ? '没有有效浓度' : '由当前明细重算,小时值不单独存数';
      return { ...shown(value), cell: null, note };
    }),
  );
  return indexOf(observation, freq, known);
}

function indexOf(observation: Observation, freq: 'H' | 'D', known: readonly Known[]): AirIndex {
  const edition = editionOfBasis(observation.basis);
  const standard: AqiStandard = edition === '2026' ? '2026' : aqiStandardAt(observation.periodMs);
  const items = PARTS.map(({ items: of }) => of[freq].item);
  const index = aqi(Object.fromEntries(items.map((item, i) => [item, known[i]?.value])), standard, items);
  const rows = PARTS.map((one, i): AirItem => {
    const { item, averaging } = one.items[freq];
    const { value, ...shown } = known[i] ?? { value: null, text: '—', unit: '', cell: null, note: null };
    return {
      ...shown,
      pollutant: one.title,
      averaging,
      iaqi: index.iaqi[item] ?? null,
      band: iaqiBand(item, value, standard),
      primary: index.primary.includes(item),
      exceeding: index.exceeding.includes(item),
    };
  });
  const published = observation.value === null ? null : Number(observation.value);
  return {
    standard: `HJ 633-${standard}`,
    grade: index.grade,
    aqi: index.aqi,
    agrees: index.aqi === published,
    primary: rows.filter((row) => row.primary).map((row) => row.pollutant),
    items: rows,
  };
}

async function hourMean(
  ctx: Context,
  of: MetricDefinition,
  pollutant: Pollutant,
  { region, freq, periodMs }: Observation,
): Promise<string | null> {
  const contract = of.kind === 'aggregated' ? findDataset(of.dataset)?.contract : undefined;
  if (!contract || of.kind !== 'aggregated') return null;
  const { sql, params } = hourMeanSql({
    contract,
    where: of.where,
    time: of.time,
    pollutant,
    region,
    hour: { fromMs: periodMs, toMs: nextPeriod(freq, periodMs) },
  });
  const [row] = await ctx.warehouse.screens.rows({
    name: 'air_hour_mean',
    sql: `SELECT toString(value) AS value FROM (${sql})`,
    params,
    row: z.object({ value: z.string().nullable() }),
  });
  return row?.value ?? null;
}

function cellOf({ metric, freq, region, slice, basis, measure, periodMs }: Observation): CellKey {
  return { metric, freq, region, slice, basis, measure, periodMs };
}
