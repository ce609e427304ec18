import { z } from 'zod';
import type { LayerRule } from '@/metrics/compile/layers/types';
import type { RenderedSql } from '@/metrics/compile/sql/fragment';
import { type CompiledStatement, STAGE_COLUMNS } from '@/metrics/compile/types';
import type { MadeCell } from '@/metrics/functions/cell';
import { earsCells } from '@/metrics/functions/ears';
import { waterCells } from '@/metrics/functions/water';
import { nextPeriod } from '@/metrics/time/period';
import type { Stores } from '@/server/context';

const waterRow = z
  .object({
    section: z.string(),
    region: z.coerce.number(),
    period_s: z.coerce.number(),
    demo: z.coerce.number(),
    samples: z.coerce.number(),
    body: z.string(),
    item_values: z.array(z.string().nullable()),
    slice_values: z.array(z.string()),
    verdicts: z.array(z.array(z.coerce.number())),
  })
  .transform(({ period_s: seconds, item_values: values, slice_values: slices, demo, ...row }) => ({
    ...row,
    values,
    slices,
    demo: demo === 1,
    periodMs: seconds * 1000,
  }));

const earsRow = z
  .object({
    region: z.coerce.number(),
    unit: z.string(),
    day_s: z.coerce.number(),
    cases: z.string().nullable(),
    demo: z.coerce.number(),
    row_count: z.coerce.number(),
  })
  .transform(({ day_s: seconds, demo, row_count: rows, ...row }) => ({
    ...row,
    rows,
    demo: demo === 1,
    dayMs: seconds * 1000,
  }));

/** Where the cells of a layer wait to be compared like those that a statement computes; dropped with the stage. */
export function layerStage(stageId: string): string {
  return `${stageId}-layer`;
}

/** Reads the layer, makes its cells and stages them. @returns the select that stands for the statement's own. */
export async function stageLayer(
  { warehouse }: Pick<Stores, 'warehouse'>,
  { name, select }: CompiledStatement,
  rule: LayerRule,
  stageId: string,
): Promise<RenderedSql> {
  const query = { name: `compute ${name}`, sql: select.sql, params: { ...select.params } };
  const cells =
    rule.kind === 'water'
      ? waterCells(rule, await warehouse.jobs.rows({ ...query, row: waterRow }))
      : earsCells(rule, await warehouse.jobs.rows({ ...query, row: earsRow }));
  const stage = layerStage(stageId);
  if (cells.length > 0) {
    const rows = cells.map((cell) => stageRow(cell, rule, stage));
    await warehouse.jobs.insert('observation_stage', rows, { max_partitions_per_insert_block: 0 });
  }
  return {
    sql: `SELECT ${STAGE_COLUMNS.join(', ')} FROM observation_stage WHERE stage_id = {layer_stage:String}`,
    params: { layer_stage: stage },
  };
}

function stageRow(cell: MadeCell, { source, nowMs }: LayerRule, stage: string): Record<string, unknown> {
  const { metric, freq, region, slice, basis, periodMs, value, numerator, denominator, flags } = cell;
  return {
    ...{ stage_id: stage, metric, freq, region, slice, basis, measure: 'level', period: periodMs / 1000 },
    ...{ value, numerator, denominator, sample_count: cell.samples, flags, source },
    status: nextPeriod(freq, periodMs) > nowMs ? 'prelim' : 'final',
    definition_version: cell.version,
  };
}
