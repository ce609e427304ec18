import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Window } from '@/metrics/compile/types';
import type { Freq } from '@/metrics/model/cell';
import { computeDataset } from '@/server/compute/dataset';
import { getDataset } from '@/server/datasets/registry';
import { at, openWorld, ticket, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
});
afterAll(() => world.runtime.close());

const day = (date: string): Window => ({
  fromMs: at(`${date}T00:00:00`),
  toMs: at(`${date}T00:00:00`) + 86_400_000,
});

let runs = 0;
/** Computes stretches of a dataset; `passes` is how many layers of statements it took. */
async function compute(dataset: string, freqs: readonly Freq[], ...changed: Window[]) {
  const { stores } = world.runtime;
  runs += 1;
  let passes = 0;
  const { rowsWritten } = await computeDataset(stores, {
    entry: getDataset(dataset),
    changed,
    definitions: stores.registry.all().map(({ definition, version }) => ({ definition, version })),
    freqs,
    runId: `run-${runs}`,
    // Asked before each layer.
    pause: async () => {
      passes += 1;
    },
  });
  return { passes, rowsWritten };
}

describe('stretches of one month', () => {
  beforeAll(async () => {
    await world.load(
      'hotline_ticket',
      [
        ticket('a', 140105, '2026-03-03 09:00:00'),
        ticket('b', 140105, '2026-03-25 09:00:00'),
        ticket('c', 140105, '2026-02-25 09:00:00'),
      ],
      '2026-02-25',
      '2026-03-25',
    );
  });

  it('are read once: two changed days of a month cost the statements of one', async () => {
    const both = await compute('hotline_ticket', ['D', 'M'], day('2026-03-25'), day('2026-03-03'));
    const cells = await world.cells('hotline_requests');
    expect(cells['140105 D period 2026-03-03']).toBe('1');
    expect(cells['140105 D period 2026-03-25']).toBe('1');
    expect(cells['140105 M period 2026-03-01']).toBe('2');
    expect(both.rowsWritten).toBeGreaterThan(0);
    const one = await compute('hotline_ticket', ['D', 'M'], day('2026-03-03'));
    expect(one).toEqual({ passes: both.passes, rowsWritten: 0 });
  });

  it('are apart when they lie in two months, which are read once each', async () => {
    const one = await compute('hotline_ticket', ['D', 'M'], day('2026-03-03'));
    const two = await compute('hotline_ticket', ['D', 'M'], day('2026-02-25'), day('2026-03-03'));
    expect(two.passes).toBe(2 * one.passes);
  });

  it('keep their hours to themselves: what lies between is not read by the hour', async () => {
    const one = await compute('air_quality_hour', ['H'], day('2026-03-03'));
    const two = await compute('air_quality_hour', ['H'], day('2026-03-03'), day('2026-03-25'));
    expect(one.passes).toBeGreaterThan(0);
    expect(two.passes).toBe(2 * one.passes);
    // With days: the hours of either, the days of both once.
    const days = await compute('air_quality_hour', ['D'], day('2026-03-03'));
    const all = await compute('air_quality_hour', ['H', 'D'], day('2026-03-03'), day('2026-03-25'));
    expect(all.passes).toBe(2 * one.passes + days.passes);
  });
});
