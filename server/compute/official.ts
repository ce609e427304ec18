import { z } from 'zod';
import { isDerivedSource } from '@/metrics/model/derived-source';
import { parsePeriod } from '@/metrics/time/parse-period';
import { countingOf } from '@/server/catalogue/registry';
import type { Stores } from '@/server/context';
import { appendKnown, type KnownObservation } from '@/server/observations/append-known';
import { type Known, standing, vintagesFor } from './official-vintages';
import { reopenAfterConcentrations, reopenAfterOpenings, reopenBesideRows, rowsOf } from './reopen';

const figure = z.object({
  metric: z.string(),
  freq: z.string(),
  region: z.coerce.number(),
  slice: z.string(),
  basis: z.string(),
  measure: z.string(),
  period: z.string(),
  value: z.string().nullable(),
  numerator: z.string().nullable(),
  denominator: z.string().nullable(),
  status: z.string(),
  flags: z.array(z.string()),
  source: z.string(),
  published_s: z.coerce.number(),
  loaded_ms: z.coerce.number(),
  changed: z.coerce.number(),
  withdrawn: z.coerce.boolean(),
});
type Figure = z.infer<typeof figure>;

const known = z.object({
  cell: z.string(),
  metric: z.string(),
  vintage_ms: z.coerce.number(),
  facts: z.string(),
  source: z.string(),
  is_missing: z.coerce.boolean(),
});
/** Places separated by a character that no code of ours contains. */
const CELL =
  "concat(metric, '|', freq, '|', toString(region), '|', slice, '|', basis, '|', measure, '|', toString(toUnixTimestamp64Milli(toDateTime64(period, 3))))";
const FACTS =
  "concat(ifNull(toString(value), ''), '|', ifNull(toString(numerator), ''), '|', ifNull(toString(denominator), ''), '|', status, '|', toString(definition_version), '|', arrayStringConcat(arraySort(flags), ','), '|', source)";

const PUBLICATION = 'metric, freq, basis, measure, slice, region_code, period, published_at';

interface Publication extends Figure {
  cell: string;
  startMs: number;
  version: number;
  facts: string;
}

/**
 * Turns reported figures into observations: the vintage is the day of publication. Where something else is known since
 * that day already (a slip corrected under the same date, a computed value in its place), the figure becomes known when
 * it was loaded; but never after a later publication of the same cell. That something could not be derived is nothing
 * known. What is known is not written again, so running it twice is running it once.
 */
export async function publishOfficialFigures(
  stores: Stores,
  runId: string,
): Promise<{ rowsRead: number; rowsWritten: number }> {
  const figures = await readFigures(stores);
  const history = await readHistory(stores, figures);
  const rows: KnownObservation[] = [];
  for (const [cell, all] of byCell(stores, figures)) {
    const vintages = history.get(cell) ?? [];
    const publications = standing(all, vintages);
    publications.forEach((one, i) => {
      const nextMs = publications[i + 1] ? (publications[i + 1]?.published_s ?? 0) * 1000 : null;
      const isMissing = one.value === null;
      for (const vintageMs of vintagesFor(one, nextMs, vintages, stores.clock.nowMs())) {
        vintages.push({ vintage_ms: vintageMs, facts: one.facts, published: true, isMissing });
        vintages.sort((a, b) => a.vintage_ms - b.vintage_ms);
        rows.push(observationOf(one, vintageMs));
      }
    });
  }
  // Before the append: killed in between, the stretch is computed once in vain and queued again.
  await reopenAfterOpenings(stores, rows);
  await reopenBesideRows(stores, rows);
  await reopenAfterConcentrations(stores, rows);
  return { rowsRead: figures.length, rowsWritten: await appendKnown(stores, runId, rows) };
}

function isPublished(stores: Stores, metric: string, source: string): boolean {
  return !isDerivedSource(source) && source !== rowsOf(stores, metric);
}

function byCell(stores: Stores, figures: readonly Figure[]): Map<string, Publication[]> {
  const cells = new Map<string, Publication[]>();
  for (const one of figures) {
    const period = parsePeriod(one.period);
    const definition = stores.registry.find(one.metric);
    // Ingestion refuses both; a definition may have been retired since.
    if (!period || !definition) continue;
    const { startMs } = period;
    // A figure is counted as its publisher did when he published it, whatever is registered since.
    const { version } = countingOf(definition, one.published_s * 1000);
    const cell = [one.metric, one.freq, one.region, one.slice, one.basis, one.measure, startMs].join('|');
    const facts = [
      one.value ?? '',
      one.numerator ?? '',
      one.denominator ?? '',
      one.status,
      version,
      one.flags.join(','),
      one.source,
    ].join('|');
    cells.set(cell, [...(cells.get(cell) ?? []), { ...one, cell, startMs, version, facts }]);
  }
  return new Map([...cells].map(([cell, all]) => [cell, byDay(all)]));
}

/**
 * Publications of a cell in their order, one a day. A period may be written in several ways (2024-02, 2024年1-2月), which
 * are several rows to the dataset: of one day the row that changed last counts.
 */
function byDay(publications: readonly Publication[]): Publication[] {
  const ordered = [...publications].sort(
    (a, b) => a.published_s - b.published_s || a.changed - b.changed || a.loaded_ms - b.loaded_ms,
  );
  return ordered.filter((one, i) => one.published_s !== ordered[i + 1]?.published_s);
}

function observationOf(one: Publication, vintageMs: number): KnownObservation {
  const {
    metric,
    freq,
    region,
    slice,
    basis,
    measure,
    value,
    numerator,
    denominator,
    status,
    flags,
    source,
  } = one;
  return {
    metric,
    freq,
    region,
    slice,
    basis,
    measure,
    periodMs: one.startMs,
    vintageMs,
    value,
    numerator,
    denominator,
    sampleCount: value === null ? 0 : 1,
    status,
    flags,
    source,
    definitionVersion: one.version,
  };
}

/** Every publication in its newest form; one that was withdrawn from the dataset is a figure without a value. */
async function readFigures(stores: Stores): Promise<Figure[]> {
  return stores.warehouse.jobs.rows({
    name: 'compute_official_figures',
    sql: `SELECT metric, freq, region_code AS region, slice, basis, measure, period, if(is_deleted, NULL, toString(value)) AS value,
        if(is_deleted, NULL, toString(numerator)) AS numerator, if(is_deleted, NULL, toString(denominator)) AS denominator,
        if(is_deleted, 'missing', status) AS status,
        arraySort(arrayDistinct(arrayFilter(f -> f != '', arrayConcat(splitByChar(';', flags), [if(is_demo, 'demo', ''), if(source = 'from memory', 'recalled', ''), if(confidence = 'high', '', concat('confidence_', confidence))])))) AS flags,
        source, toUnixTimestamp(toDateTime64(published_at, 0, 'Asia/Shanghai')) AS published_s,
        toUnixTimestamp64Milli(ingest_ts) AS loaded_ms, version AS changed, is_deleted AS withdrawn
      FROM (
        SELECT * FROM official_figure
        ORDER BY ${PUBLICATION}, version DESC, ingest_ts DESC LIMIT 1 BY ${PUBLICATION}
      )
      ORDER BY ${PUBLICATION}`,
    row: figure,
  });
}

/** Vintages of the series that the figures belong to, oldest first. */
async function readHistory(stores: Stores, figures: readonly Figure[]): Promise<Map<string, Known[]>> {
  const history = new Map<string, Known[]>();
  if (figures.length === 0) return history;
  const series = new Set(figures.map((one) => [one.metric, one.freq, one.basis, one.measure].join(' ')));
  const rows = await stores.warehouse.jobs.rows({
    name: 'compute_official_history',
    sql: `SELECT ${CELL} AS cell, metric, toUnixTimestamp64Milli(vintage) AS vintage_ms, ${FACTS} AS facts, source,
        isNull(value) AS is_missing
      FROM observation
      WHERE metric IN {metrics:Array(String)} AND region IN {regions:Array(UInt32)}
        AND concat(metric, ' ', freq, ' ', basis, ' ', measure) IN {series:Array(String)}
      ORDER BY cell, vintage, recorded_at`,
    params: {
      metrics: [...new Set(figures.map((one) => one.metric))],
      regions: [...new Set(figures.map((one) => one.region))],
      series: [...series],
    },
    row: known,
  });
  for (const { cell, metric, source, vintage_ms, facts, is_missing: isMissing } of rows) {
    const one = { vintage_ms, facts, published: isPublished(stores, metric, source), isMissing };
    const list = history.get(cell);
    if (list) list.push(one);
    else history.set(cell, [one]);
  }
  return history;
}
