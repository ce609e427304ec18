import { z } from 'zod';
import type { DatasetContract } from '@/metrics/model/dataset';
import { regionInScope } from '@/server/access/scope';
import type { Context } from '@/server/context';
import { type PartitionMemory, partitionMemory } from '@/server/warehouse/partitions';

/** What there is of a dataset, within the reader's regions. */
export interface RowSpan {
  rows: number;
  /** Rows of demonstration loads among them. */
  demoRows: number;
  firstMs: number | null;
  lastMs: number | null;
}

const spanRow = z.object({
  partition: z.string(),
  region: z.coerce.number().int(),
  row_count: z.coerce.number().int(),
  demo_count: z.coerce.number().int(),
  // Null where no row has a business time yet, as of cases that were not taken up.
  first_ms: z.coerce.number().int().nullable(),
  last_ms: z.coerce.number().int().nullable(),
});
type RegionSpan = z.infer<typeof spanRow>;

const memories = new WeakMap<Context['warehouse'], PartitionMemory<RegionSpan[]>>();

/** Rows that count, corrected ones once; all of them are read at the first call, then only partitions with new loads. */
export async function readSpan(ctx: Context, contract: DatasetContract): Promise<RowSpan> {
  let memory = memories.get(ctx.warehouse);
  if (!memory) {
    memory = partitionMemory(ctx.warehouse);
    memories.set(ctx.warehouse, memory);
  }
  const found = await memory.ask(contract.name, async (lane, ids) => {
    // Identifiers come from our own contract; FINAL, or a corrected row would count twice.
    const rows = await lane.rows({
      name: 'dataset_span',
      sql: `SELECT _partition_id AS partition, ${contract.regionColumn} AS region,
          count() AS row_count, countIf(is_demo = 1) AS demo_count,
          toUnixTimestamp64Milli(toDateTime64(min(${contract.businessTime}), 3, 'Asia/Shanghai')) AS first_ms,
          toUnixTimestamp64Milli(toDateTime64(max(${contract.businessTime}), 3, 'Asia/Shanghai')) AS last_ms
        FROM ${contract.name} FINAL WHERE _partition_id IN {ids:Array(String)}
        GROUP BY partition, region`,
      params: { ids },
      row: spanRow,
    });
    const byPartition = new Map<string, RegionSpan[]>();
    for (const row of rows) byPartition.set(row.partition, [...(byPartition.get(row.partition) ?? []), row]);
    return byPartition;
  });
  const span: RowSpan = { rows: 0, demoRows: 0, firstMs: null, lastMs: null };
  for (const row of found.flat()) {
    if (!regionInScope(ctx.actor.scope, row.region)) continue;
    span.rows += row.row_count;
    span.demoRows += row.demo_count;
    if (row.first_ms === null || row.last_ms === null) continue;
    span.firstMs = Math.min(span.firstMs ?? row.first_ms, row.first_ms);
    span.lastMs = Math.max(span.lastMs ?? row.last_ms, row.last_ms);
  }
  return span;
}
