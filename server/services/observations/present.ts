import type { Observation } from '@/metrics/model/cell';
import { citationZh } from '@/metrics/model/unverified';
import { knownRegion } from '@/metrics/regions/tree';
import { formatPeriod } from '@/metrics/time/label';
import { isoOf } from '@/metrics/time/zone';
import { assertCan } from '@/server/access/roles';
import type { Context } from '@/server/context';
import { type ExportName, exportName } from '@/server/services/observations/file-name';
import { type ObservationQuery, queryObservations } from '@/server/services/observations/query';

/** An observation as other systems read it: SDMX period, ISO instants in the province's time, decimals as text. */
export interface PublicObservation {
  metric: string;
  freq: string;
  region: number;
  regionName: string;
  slice: string;
  basis: string;
  measure: string;
  /** SDMX TIME_PERIOD, e.g. 2024-Q1. */
  period: string;
  /** First instant of the period. */
  periodStart: string;
  value: string | null;
  /** Of this value: % for a published rate, whatever its metric's own unit is. */
  unit: string;
  numerator: string | null;
  denominator: string | null;
  sampleCount: number;
  status: string;
  flags: string[];
  /** When this value became known. */
  vintage: string;
  source: string;
  definitionVersion: number;
  runId: string;
}

export function publicObservation(o: Observation, metricUnit: string): PublicObservation {
  return {
    metric: o.metric,
    freq: o.freq,
    region: o.region,
    regionName: knownRegion(o.region)?.name ?? String(o.region),
    slice: o.slice,
    basis: o.basis,
    measure: o.measure,
    period: formatPeriod(o.freq, o.periodMs),
    periodStart: isoOf(o.periodMs),
    value: o.value,
    unit: o.measure === 'yoy' || o.measure === 'mom' ? '%' : metricUnit,
    numerator: o.numerator,
    denominator: o.denominator,
    sampleCount: o.sampleCount,
    status: o.status,
    flags: o.flags,
    vintage: isoOf(o.vintageMs),
    source: citationZh(o.source),
    definitionVersion: o.definitionVersion,
    runId: o.runId,
  };
}

const CSV_COLUMNS = [
  'metric',
  'metric_name',
  'unit',
  'freq',
  'region',
  'region_name',
  'slice',
  'basis',
  'measure',
  'period',
  'value',
  'numerator',
  'denominator',
  'sample_count',
  'status',
  'flags',
  'vintage',
  'source',
  'definition_version',
] as const;

export interface ObservationFile {
  name: ExportName;
  text: string;
}

/** The rows as CSV with a header, UTF-8; `bom` for spreadsheets that would guess another encoding. */
export async function exportObservations(
  ctx: Context,
  query: ObservationQuery,
  options: { bom: boolean },
): Promise<ObservationFile> {
  assertCan(ctx.actor, 'metric:export');
  const { metrics, observations } = await queryObservations(ctx, query);
  const byCode = new Map(metrics.map((metric) => [metric.code, metric]));
  const lines = observations.map((o) => {
    const metric = byCode.get(o.metric);
    return csvLine(publicObservation(o, metric?.unit ?? ''), metric?.name ?? '');
  });
  return {
    name: exportName(metrics, observations),
    text: `${options.bom ? '\uFEFF' : ''}${CSV_COLUMNS.join(',')}\r\n${lines.join('')}`,
  };
}

function csvLine(o: PublicObservation, metricName: string): string {
  const cells = [
    o.metric,
    text(metricName),
    text(o.unit),
    o.freq,
    String(o.region),
    text(o.regionName),
    text(o.slice),
    o.basis,
    o.measure,
    o.period,
    o.value ?? '',
    o.numerator ?? '',
    o.denominator ?? '',
    String(o.sampleCount),
    o.status,
    text(o.flags.join(' ')),
    o.vintage,
    text(o.source),
    String(o.definitionVersion),
  ];
  return `${cells.join(',')}\r\n`;
}

/** Quoted where needed; a text that a spreadsheet would run as a formula is made plain text. */
function text(value: string): string {
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
