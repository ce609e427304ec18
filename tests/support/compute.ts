import type { Observation } from '@/metrics/model/cell';
import { regionsOfLevel } from '@/metrics/regions/tree';
import { type ComputeOptions, type ComputeResult, runCompute } from '@/server/compute/run';
import { computeQueue } from '@/server/db/schema/ingest';
import { type ObservationFilter, readObservations } from '@/server/observations/read';
import { createLoad } from '@/server/services/loads/create';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

export const at = (text: string): number => Date.parse(`${text}+08:00`);

/** Real stores with rows put straight into the dataset tables, and observations read back as short text. */
export interface World {
  runtime: TestRuntime;
  /** Rows into the table and their civil days (default: today's) into the queue, as ingestion does. */
  load(dataset: string, rows: Record<string, unknown>[], firstDay?: string, lastDay?: string): Promise<void>;
  compute(options?: Partial<ComputeOptions>): Promise<ComputeResult>;
  /** `region freq basis [slice] start` → value and flags of one metric; the coverage flag only when asked for. */
  cells(metric: string, options?: { partial?: boolean; asOf?: string }): Promise<Record<string, string>>;
  observations(metric: string, filter?: Partial<ObservationFilter>): Promise<Observation[]>;
}

export async function openWorld(
  now: string,
  options: Parameters<typeof openTestRuntime>[0] = {},
): Promise<World> {
  const runtime = await openTestRuntime(options);
  runtime.clock.set(at(now));
  let version = 0;
  return {
    runtime,
    load: async (dataset, rows, firstDay = now.slice(0, 10), lastDay = firstDay) => {
      version += 1;
      await runtime.stores.warehouse.loads.insert(
        dataset,
        rows.map((row) => ({ version, is_deleted: 0, is_demo: 0, ...row })),
      );
      await runtime.stores.db.insert(computeQueue).values({
        dataset,
        windowStart: new Date(at(`${firstDay}T00:00:00`)),
        windowEnd: new Date(at(`${lastDay}T00:00:00`) + 86_400_000),
        createdAt: new Date(runtime.clock.nowMs()),
      });
      runtime.clock.advance(1000);
    },
    compute: (options = {}) => runCompute(runtime.stores, { reason: 'test', ...options }),
    observations: (metric, filter = {}) =>
      readObservations(runtime.context(), { metrics: [metric], ...filter }),
    cells: async (metric, { partial = false, asOf } = {}) => {
      const found = await readObservations(runtime.context(), {
        metrics: [metric],
        slices: 'all',
        ...(asOf && { asOfMs: at(`${asOf}T12:00:00`) }),
      });
      return Object.fromEntries(
        found.map((o) => {
          const start = new Date(o.periodMs + 8 * 3_600_000).toISOString().slice(0, o.freq === 'H' ? 13 : 10);
          const place = [o.region, o.freq, o.basis, ...(o.slice ? [o.slice] : []), start].join(' ');
          const value = o.value === null ? `null(${o.status})` : String(Number(o.value));
          const flags = o.flags.filter((flag) => partial || flag !== 'partial');
          return [place, [value, ...flags].join(' ')];
        }),
      );
    },
  };
}

/**
 * A CSV as its source pushes it: through ingestion, none of it rejected, and everything computed that follows. Each
 * delivery is a minute later than the one before.
 */
export async function deliver(
  world: World,
  dataset: string,
  header: string,
  rows: readonly string[],
): Promise<{ duplicate: number }> {
  const result = await createLoad(world.runtime.context(), {
    dataset,
    fileName: 'hand',
    origin: 'push',
    provenance: 'real',
    bytes: Buffer.from(`${header}\n${rows.join('\n')}\n`),
  });
  if (result.rejected > 0) throw new Error(`${result.rejected} rows of ${dataset} were rejected`);
  world.runtime.clock.advance(60_000);
  await world.compute();
  world.runtime.clock.advance(60_000);
  return result;
}

/** Published figures of one series: period, value, day of publication, status (default final). */
export function figures(
  metric: string,
  region: number,
  of: { freq: string; basis?: string; measure?: string },
  values: readonly (readonly [period: string, value: string | null, published: string, status?: string])[],
): Record<string, unknown>[] {
  return values.map(([period, value, published_at, status = 'final']) => ({
    metric,
    region_code: region,
    period,
    basis: 'period',
    measure: 'level',
    slice: '',
    status,
    value,
    unit: '',
    published_at,
    source: '省统计局',
    confidence: 'high',
    flags: '',
    note: '',
    ...of,
  }));
}

export const cityCodes = (): number[] => regionsOfLevel('city').map(({ code }) => code);

export function ticket(id: string, region: number, created: string, more: Record<string, unknown> = {}) {
  return {
    ticket_id: id,
    region_code: region,
    create_ts: created,
    channel: 'phone',
    request_type: '投诉',
    topic: '供热',
    subject_type: 'person',
    valid: 1,
    dispatched: 0,
    department: '住建',
    ...more,
  };
}

export function air(
  station: string,
  region: number,
  label: string,
  values: Record<string, number | null>,
  more: Record<string, unknown> = {},
) {
  return {
    station_id: station,
    station_kind: 'national',
    region_code: region,
    data_ts: label,
    flag: 'valid',
    ...values,
    ...more,
  };
}

/** Labels 01:00 … 24:00 of a natural day. */
export function labelsOf(day: string): string[] {
  const start = at(`${day}T00:00:00`);
  return Array.from({ length: 24 }, (_, i) =>
    new Date(start + (i + 9) * 3_600_000).toISOString().slice(0, 19).replace('T', ' '),
  );
}
