import { expect } from 'vitest';
import { z } from 'zod';
import { COMMON_BASES } from '@/metrics/model/cell';
import { formatSlice } from '@/metrics/model/slice';
import { readObservations } from '@/server/observations/read';
import type { World } from '@/tests/support/compute';

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

/** Computed cells of a metric by place, in the common bases; null where the cell says that it is missing. */
export async function computed(world: World, metric: string): Promise<Map<string, number | null>> {
  const cells = await readObservations(world.runtime.context(), {
    metrics: [metric],
    basis: COMMON_BASES,
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
