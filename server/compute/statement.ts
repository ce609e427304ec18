import { z } from 'zod';
import { type CompiledStatement, STAGE_COLUMNS } from '@/metrics/compile/types';
import { isCityMean, PUBLISHED_FREQS } from '@/metrics/derive/city-mean';
import { DERIVED_SOURCES } from '@/metrics/model/derived-source';
import type { Stores } from '@/server/context';
import { type AppendResult, appendFromStage, dropStages } from '@/server/observations/append';
import { layerStage, stageLayer } from './layer';

export interface StatementRun {
  runId: string;
  /** Name of the dataset: the source of the cells it computes. */
  source: string;
}

/**
 * Computes the statements into one stage and appends what differs. A cell that its publisher gives a value stays the
 * publisher's (calculus.md §13): computed values of it are left out. What was derived in their place gives way to them,
 * but for a province that is made of published cities.
 */
export async function runStatements(
  stores: Stores,
  statements: readonly CompiledStatement[],
  { runId, source }: StatementRun,
  stageId: string,
): Promise<AppendResult> {
  const lane = stores.warehouse.jobs;
  for (const statement of statements) {
    const from = Math.min(...statement.complete.map((window) => window.fromMs));
    const to = Math.max(...statement.complete.map((window) => window.toMs));
    const cityMeans = cityMeansOf(stores, statement);
    const began = performance.now();
    const select = statement.layer
      ? await stageLayer(stores, statement, statement.layer, stageId)
      : statement.select;
    await lane.command({
      name: `compute ${statement.name}`,
      sql: `INSERT INTO observation_stage (stage_id, ${STAGE_COLUMNS.join(', ')})
        SELECT {own_stage:String}, ${STAGE_COLUMNS.map((column) => `s.${column}`).join(', ')}
        FROM (${select.sql}) AS s
        WHERE s.slice != '' OR (s.metric, s.freq, s.basis, s.measure, s.region, s.period) NOT IN (
          SELECT metric, freq, basis, measure, region, toDateTime(period, 'Asia/Shanghai')
          FROM observation
          WHERE metric IN {own_metrics:Array(String)} AND freq IN {own_freqs:Array(String)} AND basis IN {own_bases:Array(String)} AND source NOT IN {not_published:Array(String)} AND slice = ''
            AND period >= toDateTime64({own_from:Int64}, 0, 'Asia/Shanghai') AND period < toDateTime64({own_to:Int64}, 0, 'Asia/Shanghai')
          GROUP BY metric, freq, basis, measure, region, period
          HAVING argMax(isNotNull(value), (vintage, recorded_at))
        )${cityMeans.length > 0 ? UNLESS_MADE_OF_CITIES : ''}`,
      params: {
        ...select.params,
        own_stage: stageId,
        own_metrics: [...statement.metrics],
        own_freqs: [...new Set(statement.complete.map(({ freq }) => freq))],
        own_bases: [...new Set(statement.complete.map(({ basis }) => basis))],
        not_published: ['', source, ...DERIVED_SOURCES],
        own_from: Math.floor(from / 1000),
        own_to: Math.ceil(to / 1000),
        ...(cityMeans.length > 0 && { city_means: cityMeans, published_freqs: [...PUBLISHED_FREQS] }),
      },
      // Compiling these long expressions to machine code takes longer than running them.
      settings: {
        max_execution_time: 600,
        compile_expressions: 0,
        compile_aggregate_expressions: 0,
        // So does looking for comparisons that follow from others: there are none.
        optimize_and_compare_chain: 0,
        // The partition of a dataset row follows from its order key, so versions of one row never lie in two.
        do_not_merge_across_partitions_select_final: 1,
      },
    });
    if (statement.layer) await dropStages(stores, [layerStage(stageId)]);
    stores.log.debug({ statement: statement.name, ms: Math.round(performance.now() - began) }, 'computed');
  }
  return appendFromStage(stores, {
    stageId,
    runId,
    complete: statements.flatMap(({ complete }) => complete.map((window) => ({ ...window, source }))),
  });
}

/** Metrics of the statement of which published cities make the province (metrics/derive/city-mean.ts). */
function cityMeansOf(
  { registry }: Pick<Stores, 'registry'>,
  { metrics, complete }: CompiledStatement,
): string[] {
  if (!complete.some(({ freq }) => PUBLISHED_FREQS.includes(freq))) return [];
  return metrics.filter((code) => {
    const definition = registry.find(code)?.definition;
    return definition !== undefined && isCityMean(definition);
  });
}

/** Computed values of a province that is made of its cities, some of them published, are left out too: they ignore these. */
const UNLESS_MADE_OF_CITIES = `
        AND (s.metric, s.freq, s.basis, s.measure, s.region, s.period) NOT IN (
          SELECT metric, freq, basis, measure, toUInt32(intDiv(place, 10000) * 10000) AS province, at
          FROM (
            SELECT metric, freq, basis, measure, region AS place, toDateTime(period, 'Asia/Shanghai') AS at,
              argMax((isNotNull(value), source), (vintage, recorded_at)) AS newest
            FROM observation
            WHERE metric IN {city_means:Array(String)} AND freq IN {published_freqs:Array(String)} AND basis IN {own_bases:Array(String)}
              AND region % 100 = 0 AND slice = ''
              AND period >= toDateTime64({own_from:Int64}, 0, 'Asia/Shanghai') AND period < toDateTime64({own_to:Int64}, 0, 'Asia/Shanghai')
            GROUP BY metric, freq, basis, measure, region, period
          )
          WHERE newest.1
          GROUP BY metric, freq, basis, measure, province, at
          HAVING countIf(place = province AND newest.2 = 'rollup') > 0
            AND countIf(place != province AND newest.2 NOT IN {not_published:Array(String)}) > 0
        )`;

const many = z.object({ n: z.coerce.number() });

/** Rows of a dataset whose business time lies in the stretch: what a run had to look at. */
export async function rowsIn(
  stores: Stores,
  table: string,
  time: string,
  fromMs: number,
  toMs: number,
): Promise<number> {
  const [row] = await stores.warehouse.jobs.rows({
    name: 'compute_rows_read',
    sql: `SELECT count() AS n FROM ${table} WHERE ${time} >= toDateTime({from_s:Int64}, 'Asia/Shanghai') AND ${time} <= toDateTime({to_s:Int64}, 'Asia/Shanghai')`,
    params: { from_s: Math.floor(fromMs / 1000), to_s: Math.ceil(toMs / 1000) },
    row: many,
  });
  return row?.n ?? 0;
}
