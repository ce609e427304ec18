import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@/server/context';
import { appendKnown } from '@/server/observations/append-known';
import { newestPeriods } from '@/server/observations/newest';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

const NOW_MS = Date.parse('2026-04-10T12:00:00+08:00');

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
  const known = (freq: 'D' | 'H', start: string) => ({
    ...{ metric: 'aqi', freq, region: 140100, slice: '', basis: 'period', measure: 'level' },
    ...{ periodMs: Date.parse(`${start}+08:00`), vintageMs: Date.parse(`${start}+08:00`), value: '50' },
    ...{ sampleCount: 1, status: 'final', flags: [], source: 'test', definitionVersion: 1 },
  });
  await appendKnown(runtime.stores, 'run', [
    known('H', '2026-03-01T07:00:00'),
    known('H', '2026-03-01T08:00:00'),
    known('D', '2026-04-09T00:00:00'),
  ]);
});
afterAll(() => runtime.close());

const newest = (actor?: Actor) =>
  newestPeriods(runtime.context(actor), {
    series: (['D', 'H'] as const).map((freq) => ({ freq, metrics: ['aqi'] })),
    regions: [140100],
    asOfMs: NOW_MS,
  });

describe('the newest period of a series', () => {
  it('is found for hours that fell silent although the days go on', async () => {
    expect(await newest()).toEqual([
      { metric: 'aqi', freq: 'D', periodMs: Date.parse('2026-04-09T00:00:00+08:00') },
      { metric: 'aqi', freq: 'H', periodMs: Date.parse('2026-03-01T08:00:00+08:00') },
    ]);
  });

  it('is none of a region outside of the scope', async () => {
    const scope = { regions: [140200], domains: null };
    expect(await newest({ kind: 'user', id: 'u', name: 'u', role: 'leader', scope })).toEqual([]);
  });
});
