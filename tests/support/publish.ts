import { appendFromStage } from '@/server/observations/append';
import type { TestRuntime } from '@/tests/support/stores';

export interface PublishedRow {
  metric: string;
  region?: number;
  freq?: string;
  basis?: string;
  slice?: string;
  measure?: string;
  /** First day of the period. */
  period: string;
  value: string | null;
  status?: string;
  flags?: string[];
  definition_version?: number;
  source?: string;
}

/** Appends observations of the province as published at ten o'clock of a day. */
export function publisher(runtime: TestRuntime): (day: string, rows: PublishedRow[]) => Promise<void> {
  let stage = 0;
  return async (day, rows) => {
    stage += 1;
    const stageId = `published-${stage}`;
    await runtime.stores.warehouse.jobs.insert(
      'observation_stage',
      rows.map((row) => ({
        region: 140000,
        freq: 'A',
        basis: 'period',
        slice: '',
        measure: 'level',
        status: 'prelim',
        flags: [],
        definition_version: 1,
        sample_count: 1,
        source: '省统计局',
        ...row,
        period: `${row.period} 00:00:00`,
        stage_id: stageId,
      })),
    );
    const vintageMs = Date.parse(`${day}T10:00:00+08:00`);
    await appendFromStage(runtime.stores, { stageId, runId: `run-${stage}`, vintageMs });
  };
}
