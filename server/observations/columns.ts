import { z } from 'zod';
import { FREQUENCIES, MEASURES, OBS_STATUSES, type Observation } from '@/metrics/model/cell';

/** The cell key as columns, in the order of the table's sort key. */
export const KEY_COLUMNS = ['metric', 'freq', 'basis', 'measure', 'slice', 'region', 'period'] as const;

/** What makes two vintages of a cell different. */
export const FACT_COLUMNS = [
  'value',
  'numerator',
  'denominator',
  'sample_count',
  'status',
  'flags',
  'definition_version',
] as const;

export const KEY_LIST = KEY_COLUMNS.join(', ');

/** Expressions that bring one row out without losing digits or time zones. */
export const SELECT_LIST = `metric, freq, region, slice, basis, measure,
  toUnixTimestamp64Milli(toDateTime64(period, 3)) AS period_ms,
  toUnixTimestamp64Milli(vintage) AS vintage_ms,
  toString(value) AS value_text, toString(numerator) AS numerator_text, toString(denominator) AS denominator_text,
  sample_count, status, flags, source, run_id, definition_version`;

const millis = z.coerce.number().int();

export const observationRow = z
  .object({
    metric: z.string(),
    freq: z.enum(FREQUENCIES),
    region: z.coerce.number().int(),
    slice: z.string(),
    basis: z.string(),
    measure: z.enum(MEASURES),
    period_ms: millis,
    vintage_ms: millis,
    value_text: z.string().nullable(),
    numerator_text: z.string().nullable(),
    denominator_text: z.string().nullable(),
    sample_count: z.coerce.number().int(),
    status: z.enum(OBS_STATUSES),
    flags: z.array(z.string()),
    source: z.string(),
    run_id: z.string(),
    definition_version: z.coerce.number().int(),
  })
  .transform(
    (row): Observation => ({
      metric: row.metric,
      freq: row.freq,
      region: row.region,
      slice: row.slice,
      basis: row.basis,
      measure: row.measure,
      periodMs: row.period_ms,
      vintageMs: row.vintage_ms,
      value: row.value_text,
      numerator: row.numerator_text,
      denominator: row.denominator_text,
      sampleCount: row.sample_count,
      status: row.status,
      flags: row.flags,
      source: row.source,
      runId: row.run_id,
      definitionVersion: row.definition_version,
    }),
  );
