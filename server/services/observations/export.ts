import { flagZh } from '@/metrics/calculus/flag-words';
import { basisTitle, FREQ_ZH } from '@/metrics/format/definition-words';
import { nameAt } from '@/metrics/format/metric-name';
import { MEASURE_ZH, STATUS_ZH, sourceZh } from '@/metrics/format/observation-words';
import type { Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { periodName } from '@/metrics/time/period-of-rule';
import { isoOf } from '@/metrics/time/zone';
import { assertCan } from '@/server/access/roles';
import type { Context } from '@/server/context';
import { findDataset } from '@/server/datasets/registry';
import { sliceTitle } from '@/server/services/desk/words';
import { type ExportName, exportName } from '@/server/services/observations/file-name';
import { type PublicObservation, publicObservation } from '@/server/services/observations/present';
import { type ObservationQuery, queryObservations } from '@/server/services/observations/query';
import { readPublications } from '@/server/services/screens/publication';

/** As SDMX-CSV has it: codes for programs, or their names for people. */
export type Labels = 'id' | 'name';

export interface ObservationFile {
  name: ExportName;
  text: string;
}

/** A row of the file before it is written. */
interface Line {
  o: Observation;
  shown: PublicObservation;
  definition: MetricDefinition;
  /** What the publisher wrote beside the figure. */
  note: string;
}

/** A column under either header; a text may be quoted, anything else needs none. */
interface Column {
  id: string;
  name: string;
  idOf(line: Line): string;
  /** Absent: the same as by code. */
  nameOf?(line: Line): string;
  isText?: true;
}

const COLUMNS: readonly Column[] = [
  { id: 'metric', name: '指标代码', idOf: ({ o }) => o.metric },
  { id: 'metric_name', name: '指标', idOf: ({ definition, o }) => nameAt(definition, o), isText: true },
  { id: 'unit', name: '单位', idOf: ({ shown }) => shown.unit, isText: true },
  { id: 'freq', name: '频率', idOf: ({ o }) => o.freq, nameOf: ({ o }) => FREQ_ZH[o.freq] },
  { id: 'region', name: '区划代码', idOf: ({ o }) => String(o.region) },
  { id: 'region_name', name: '地区', idOf: ({ shown }) => shown.regionName, isText: true },
  {
    id: 'slice',
    name: '分组',
    idOf: ({ o }) => o.slice,
    nameOf: ({ o, definition }) => sliceTitle(o.slice, definition),
    isText: true,
  },
  { id: 'basis', name: '口径', idOf: ({ o }) => o.basis, nameOf: ({ o }) => basisTitle(o.basis) },
  { id: 'measure', name: '度量', idOf: ({ o }) => o.measure, nameOf: ({ o }) => MEASURE_ZH[o.measure] },
  {
    id: 'period',
    name: '期',
    idOf: ({ shown }) => shown.period,
    nameOf: ({ o, definition }) => periodName(definition, o),
  },
  { id: 'value', name: '数值', idOf: ({ o }) => o.value ?? '' },
  { id: 'numerator', name: '分子', idOf: ({ o }) => o.numerator ?? '' },
  { id: 'denominator', name: '分母', idOf: ({ o }) => o.denominator ?? '' },
  { id: 'sample_count', name: '样本数', idOf: ({ o }) => String(o.sampleCount) },
  { id: 'status', name: '状态', idOf: ({ o }) => o.status, nameOf: ({ o }) => STATUS_ZH[o.status] },
  {
    id: 'flags',
    name: '标记',
    idOf: ({ o }) => o.flags.join(' '),
    nameOf: ({ o }) => o.flags.map(flagZh).join(';'),
    isText: true,
  },
  {
    id: 'vintage',
    name: '何时已知',
    idOf: ({ shown }) => shown.vintage,
    // A spreadsheet reads a date without its zone only.
    nameOf: ({ o }) => isoOf(o.vintageMs).slice(0, 19).replace('T', ' '),
  },
  {
    id: 'source',
    name: '出处',
    idOf: ({ shown }) => shown.source,
    nameOf: ({ o }) => findDataset(o.source)?.contract.title ?? sourceZh(o.source),
    isText: true,
  },
  { id: 'definition_version', name: '口径版本', idOf: ({ o }) => String(o.definitionVersion) },
  { id: 'note', name: '备注', idOf: ({ note }) => note, isText: true },
];

/** The rows as CSV with a header, UTF-8; `bom` for spreadsheets that would guess another encoding. */
export async function exportObservations(
  ctx: Context,
  query: ObservationQuery,
  { bom, labels }: { bom: boolean; labels: Labels },
): Promise<ObservationFile> {
  assertCan(ctx.actor, 'metric:export');
  const { metrics, observations } = await queryObservations(ctx, query);
  const publicationOf = await readPublications(ctx, observations);
  const units = new Map(metrics.map(({ code, unit }) => [code, unit]));
  const header = COLUMNS.map((column) => column[labels]).join(',');
  const lines = observations.map((o) => {
    const { definition } = ctx.registry.get(o.metric);
    const shown = publicObservation(o, units.get(o.metric) ?? '');
    const line: Line = { o, shown, definition, note: publicationOf(o)?.note ?? '' };
    return `${COLUMNS.map((column) => cellText(column, line, labels)).join(',')}\r\n`;
  });
  return {
    name: exportName(metrics, observations),
    text: `${bom ? '\uFEFF' : ''}${header}\r\n${lines.join('')}`,
  };
}

function cellText({ idOf, nameOf, isText }: Column, line: Line, labels: Labels): string {
  const found = labels === 'name' && nameOf ? nameOf(line) : idOf(line);
  return isText ? quoted(found) : found;
}

/** Quoted where needed; a text that a spreadsheet would run as a formula is made plain text. */
function quoted(value: string): string {
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
