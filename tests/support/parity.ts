import { expect } from 'vitest';
import { z } from 'zod';
import { COMMON_BASES } from '@/metrics/model/cell';
import { formatSlice } from '@/metrics/model/slice';
import { readObservations } from '@/server/observations/read';
import { openWorld, type World } from '@/tests/support/compute';

/** Deterministic numbers in [0, 1): the same rows in every run. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

export const pick = <T>(roll: () => number, list: readonly T[]): T =>
  list[Math.floor(roll() * list.length)] as T;
export const pad = (n: number) => String(n).padStart(2, '0');

/** The instant at which every world of rows is computed, and the same in SQL. */
const NOW_TEXT = '2026-04-10T12:00:00';
export const NOW = `toDateTime('${NOW_TEXT.replace('T', ' ')}', 'Asia/Shanghai')`;

/** A world with generated rows of several datasets, computed whole. */
export async function rowWorld(
  [firstDay, lastDay]: readonly [string, string],
  datasets: Readonly<Record<string, Record<string, unknown>[]>>,
): Promise<World> {
  const world = await openWorld(NOW_TEXT);
  for (const [dataset, rows] of Object.entries(datasets)) await world.load(dataset, rows, firstDay, lastDay);
  await world.compute();
  return world;
}

/** A day of one of the months, `2026-03`; the last days of a month are left out. */
export const dayIn = (roll: () => number, months: readonly string[]) =>
  `${pick(roll, months)}-${pad(1 + Math.floor(roll() * 28))}`;
export const daysAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
export const clockTime = (roll: () => number) =>
  `${pad(Math.floor(roll() * 24))}:${pad(Math.floor(roll() * 60))}:00`;

/** What a hand-written query answers: a place, a civil start, at most one slice, a value. */
export const handRow = z.object({
  region: z.coerce.number(),
  freq: z.string(),
  basis: z.string(),
  dim: z.string().default(''),
  dim_value: z.string().default(''),
  start: z.string(),
  value: z.coerce.number().nullable(),
});
export type HandRow = z.infer<typeof handRow>;

export function byHand(world: World, sql: string): Promise<HandRow[]> {
  return world.runtime.stores.warehouse.jobs.rows({ name: 'by_hand', sql, row: handRow });
}

/** Computed cells of a metric by place, in the common bases unless told; null where the cell says that it is missing. */
export async function computed(
  world: World,
  metric: string,
  basis: readonly string[] = COMMON_BASES,
): Promise<Map<string, number | null>> {
  const cells = await readObservations(world.runtime.context(), {
    metrics: [metric],
    basis,
    slices: 'all',
  });
  return new Map(
    cells.map((o) => {
      const civil = new Date(o.periodMs + 8 * 3_600_000).toISOString();
      const start = o.freq === 'H' ? civil.slice(0, 13).replace('T', ' ') : civil.slice(0, 10);
      return [placeOf({ ...o, start }), o.value === null ? null : Number(o.value)];
    }),
  );
}

/**
 * Of a metric's cells in counties, which have no coverage by regions of their own: exactly those of the days that a
 * hand-written query names are partial.
 */
export async function expectCutDays(world: World, metric: string, days: string): Promise<void> {
  const hand = await world.runtime.stores.warehouse.jobs.rows({
    name: 'by_hand_cut',
    sql: days,
    row: z.object({ day: z.string() }),
  });
  const cut = new Set(hand.map(({ day }) => day));
  const cells = await readObservations(world.runtime.context(), { metrics: [metric], freq: ['D'] });
  const own = cells.filter(({ region, value }) => region % 100 !== 0 && value !== null);
  const said = new Map(own.map(({ periodMs, flags }) => [periodMs, flags.includes('partial')]));
  const civil = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);
  const wrong = own.filter(({ periodMs, flags }) => flags.includes('partial') !== cut.has(civil(periodMs)));
  expect({ metric, wrong: wrong.map(({ region, periodMs }) => `${region} ${civil(periodMs)}`) }).toEqual({
    metric,
    wrong: [],
  });
  expect([...said.values()]).toEqual(expect.arrayContaining([true, false]));
}

/** Every cell of months that begin before a day is partial. */
export async function expectCutMonths(world: World, metric: string, untilMs: number): Promise<void> {
  const cells = await readObservations(world.runtime.context(), {
    metrics: [metric],
    freq: ['M'],
    basis: ['period'],
    slices: 'all',
  });
  const early = cells.filter(({ periodMs, value }) => periodMs < untilMs && value !== null);
  expect(early.length).toBeGreaterThan(0);
  expect(early.filter(({ flags }) => !flags.includes('partial'))).toEqual([]);
}

export function placeOf(at: {
  region: number;
  freq: string;
  basis: string;
  slice: string;
  start: string;
}): string {
  return [at.region, at.freq, at.basis, at.slice, at.start].join('|');
}

/**
 * Both say the same of every place: each hand-written value is computed, and what is computed beyond them is an
 * observed zero (`zeros`) or missing with its reason, never a number of its own.
 */
export function expectAgreement(
  metric: string,
  hand: readonly HandRow[],
  seen: ReadonlyMap<string, number | null>,
  { zeros }: { zeros: boolean },
): void {
  const rest = new Map(seen);
  const wrong: unknown[] = [];
  for (const row of hand) {
    const slice = row.dim === '' ? '' : formatSlice({ [row.dim]: row.dim_value });
    const place = placeOf({ ...row, slice });
    const value = seen.get(place);
    const same =
      value === row.value ||
      (typeof value === 'number' && row.value !== null && Math.abs(value - row.value) < 1e-6);
    if (!same) wrong.push({ place, byHand: row.value, computed: value });
    rest.delete(place);
  }
  for (const [place, value] of rest)
    if (value !== null && !(zeros && value === 0)) wrong.push({ place, byHand: 'nothing', computed: value });
  expect({ metric, wrong: wrong.slice(0, 10), count: wrong.length }).toEqual({ metric, wrong: [], count: 0 });
}

export interface HandSpec {
  metric: string;
  /** Rows that the definition's text counts: `rc`, `day`, and what `value` and the slices need. */
  rows: string;
  value: string;
  slices: Record<string, string>;
  /** Dimensions that a county is judged by, day by day, with which of their rows are. */
  units?: Readonly<Record<string, string>>;
  /** Exists by day. */
  daily: boolean;
  /** Scored by the quarterly index of the business environment. */
  quarterly?: boolean;
}

export const filled = (column: string) => `if(${column} = '', '未知', ${column})`;

/** Rows with `rc`, once for each level that they belong to: the county, its city, the province. */
export const byLevel = (rows: string) => `(SELECT *, rc AS region FROM (${rows}) WHERE rc % 100 > 0
    UNION ALL SELECT *, intDiv(rc, 100) * 100 AS region FROM (${rows}) WHERE rc % 10000 > 0
    UNION ALL SELECT *, 140000 AS region FROM (${rows}))`;

/** The three levels of a row, and the periods that a day belongs to, written out one by one. */
export function handwritten(
  { rows, value, slices, daily, quarterly = false, units = {} }: HandSpec,
  months: readonly string[],
): string {
  const placed = byLevel(rows);
  const group = (freq: string, basis: string, start: string, dim = '', dimValue = "''", only = '1') =>
    `SELECT region, '${freq}' AS freq, '${basis}' AS basis, '${dim}' AS dim, toString(${dimValue}) AS dim_value, toString(${start}) AS start, ${value} AS value
     FROM ${placed} WHERE ${only} GROUP BY region, dim_value, start`;
  const month = 'toStartOfMonth(day)';
  const ytd = [...months, '2026-04'].map((name) =>
    group(
      'M',
      'ytd',
      `toDate('${name}-01')`,
      '',
      "''",
      `toYear(day) = ${name.slice(0, 4)} AND day < addMonths(toDate('${name}-01'), 1)`,
    ),
  );
  const quarters = ['2025-10', '2026-01', '2026-04'].map((name) =>
    group(
      'Q',
      'ytd',
      `toDate('${name}-01')`,
      '',
      "''",
      `toYear(day) = ${name.slice(0, 4)} AND day < addMonths(toDate('${name}-01'), 3)`,
    ),
  );
  return [
    ...(quarterly ? [group('Q', 'period', 'toStartOfQuarter(day)'), ...quarters] : []),
    ...(daily ? [group('D', 'period', 'day')] : []),
    group('M', 'period', month),
    group('A', 'period', 'toStartOfYear(day)'),
    ...ytd,
    ...Object.entries(slices).flatMap(([dim, of]) => [
      group('M', 'period', month, dim, of),
      ...(daily ? [group('D', 'period', 'day', dim, of, `(region % 100 = 0 OR ${units[dim] ?? '0'})`)] : []),
    ]),
  ].join('\nUNION ALL\n');
}

/**
 * A metric computed and written by hand agree, over at least so many values.
 *
 * @param hasCome whether rows of a cumulative figure have come; one that ends after them all is not there
 */
export async function expectSpec(
  world: World,
  spec: HandSpec,
  months: readonly string[],
  atLeast: number,
  hasCome: (row: HandRow, seen: ReadonlyMap<string, number | null>) => boolean,
): Promise<void> {
  const hand = await byHand(world, handwritten(spec, months));
  const seen = await computed(world, spec.metric);
  expect(hand.length).toBeGreaterThan(atLeast);
  const known = hand.filter((row) => row.basis !== 'ytd' || hasCome(row, seen));
  expectAgreement(spec.metric, known, seen, { zeros: spec.daily });
}
