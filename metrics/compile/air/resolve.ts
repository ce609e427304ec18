import type { MetricDefinition } from '@/metrics/model/definition';
import type { Refusal, VersionedDefinition } from '../types';
import { POLLUTANTS, type Pollutant } from './aqi';

interface Common {
  code: string;
  version: number;
  /** Which rows count; the same for all metrics of one plan. */
  rowCondition?: string;
  time?: string;
}

/** A metric of the environment's own functions, resolved. */
export type AirMetric = Common &
  (
    | { kind: 'mean' | 'mda8'; pollutant: Pollutant }
    | { kind: 'day_count'; where: string; judgesMissing: boolean }
    | { kind: 'aqi' }
  );

/** Metrics of periods longer than a day, made of daily cells. */
export type AirPeriodMetric =
  | { code: string; version: number; kind: 'percentile'; of: string; percent: number }
  | { code: string; version: number; kind: 'composite'; parts: Readonly<Record<Pollutant, string>> };

export const AIR_FUNCTIONS = ['air_mean', 'air_mda8', 'air_day_count'];

function pollutantOf(value: unknown): Pollutant | undefined {
  return POLLUTANTS.find((pollutant) => pollutant === value);
}

/** Aggregated metrics with an air function over this dataset, and the AQI made of them. */
export function resolveAir(
  definitions: readonly VersionedDefinition[],
  dataset: string,
  refuse: (refusal: Refusal) => void,
): { base: AirMetric[]; periods: AirPeriodMetric[] } {
  const base: AirMetric[] = [];
  for (const { definition, version } of definitions) {
    const metric = baseMetric(definition, version, dataset, refuse);
    if (metric) base.push(metric);
  }
  const condition = base[0]?.rowCondition;
  const same = base.filter((metric) => {
    if (metric.rowCondition === condition) return true;
    refuse({ metric: metric.code, code: 'unsupported_function', message: '空气质量指标要用同一行条件' });
    return false;
  });
  const codes = new Set(same.map((metric) => metric.code));
  const periods: AirPeriodMetric[] = [];
  for (const { definition, version } of definitions) {
    if (definition.kind === 'composite' && definition.fn?.name === 'aqi') {
      // The compiler computes AQI beside its parts in one pass; parts of another dataset are no case of the standard.
      if (Object.values(definition.fn.args).every((part) => codes.has(String(part))))
        same.push({ code: definition.code, version, kind: 'aqi' });
    }
  }
  for (const { definition, version } of definitions) {
    const metric = percentileOf(definition, version, codes);
    if (metric) periods.push(metric);
  }
  const known = new Set([...codes, ...periods.map((metric) => metric.code)]);
  for (const { definition, version } of definitions) {
    const parts = compositeParts(definition, known);
    if (parts) periods.push({ code: definition.code, version, kind: 'composite', parts });
  }
  return { base: same, periods };
}

function baseMetric(
  definition: MetricDefinition,
  version: number,
  dataset: string,
  refuse: (refusal: Refusal) => void,
): AirMetric | undefined {
  if (definition.kind !== 'aggregated' || definition.dataset !== dataset || !definition.fn) return undefined;
  const { name, args } = definition.fn;
  if (!AIR_FUNCTIONS.includes(name)) return undefined;
  const common = {
    code: definition.code,
    version,
    ...(definition.where === undefined ? {} : { rowCondition: definition.where }),
    ...(definition.time === undefined ? {} : { time: definition.time }),
  };
  if (name === 'air_day_count') {
    const where = String(args.where ?? '');
    return { ...common, kind: 'day_count', where, judgesMissing: /is\s+(not\s+)?null/i.test(where) };
  }
  const pollutant = pollutantOf(args.pollutant);
  if (pollutant === undefined || (name === 'air_mda8' && pollutant !== 'o3')) {
    refuse({ metric: definition.code, code: 'unsupported_function', message: `${name} 没有这种污染物` });
    return undefined;
  }
  return { ...common, kind: name === 'air_mean' ? 'mean' : 'mda8', pollutant };
}

/** `pctl(co_avg, 95)`: a percentile over the daily values of a period. */
function percentileOf(
  definition: MetricDefinition,
  version: number,
  codes: ReadonlySet<string>,
): AirPeriodMetric | undefined {
  if (definition.kind !== 'derived') return undefined;
  const match = /^\s*pctl\(\s*([a-z][a-z0-9_]*)\s*,\s*([0-9]{1,2})\s*\)\s*$/.exec(definition.formula);
  const [, of = '', percent = ''] = match ?? [];
  if (!codes.has(of)) return undefined;
  return { code: definition.code, version, kind: 'percentile', of, percent: Number(percent) };
}

function compositeParts(
  definition: MetricDefinition,
  known: ReadonlySet<string>,
): Record<Pollutant, string> | undefined {
  if (definition.kind !== 'composite' || definition.fn?.name !== 'air_composite_index') return undefined;
  const { args } = definition.fn;
  const part = (pollutant: Pollutant) => String(args[pollutant] ?? '');
  const parts = {
    so2: part('so2'),
    no2: part('no2'),
    co: part('co'),
    o3: part('o3'),
    pm10: part('pm10'),
    pm25: part('pm25'),
  };
  return Object.values(parts).every((code) => known.has(code)) ? parts : undefined;
}
