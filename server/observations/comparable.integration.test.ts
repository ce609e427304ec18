import { afterAll, beforeAll, expect, it } from 'vitest';
import { periodOf } from '@/metrics/time/period';
import { appendKnown } from '@/server/observations/append-known';
import { readComparable } from '@/server/observations/comparable';
import { readCalculus } from '@/server/services/calculus/read';
import { at } from '@/tests/support/compute';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

const METRIC = 'hotline_requests';
const KNOWN_MS = at('2026-05-01T08:00:00');
const LATER_MS = at('2026-05-02T08:00:00');
const HEATING = 'topic=供热';
const march = (year: number) => periodOf('M', { year, month: 3 });

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
  runtime.clock.set(at('2026-05-03T12:00:00'));
  const cell = (
    region: number,
    year: number,
    value: string,
    vintageMs = KNOWN_MS,
    flags = ['partial'],
    slice = '',
  ) => ({
    ...{ metric: METRIC, freq: 'M', region, slice, basis: 'period', measure: 'level' },
    ...{ periodMs: march(year), vintageMs, value, sampleCount: 1, status: 'final', flags },
    ...{ source: 'hotline_ticket', definitionVersion: 1 },
  });
  await appendKnown(runtime.stores, 'r1', [
    cell(140000, 2026, '30'),
    cell(140000, 2025, '20'),
    cell(140000, 2024, '10'),
    ...[140100, 140200].flatMap((city) => [cell(city, 2026, '15', KNOWN_MS, []), cell(city, 2025, '10')]),
    ...[140100, 140300].map((city) => cell(city, 2024, '5')),
    // All of 供热 is of 大同 in 2026: 太原, which was counted too, had none.
    ...[140000, 140200].map((region) => cell(region, 2026, '3', KNOWN_MS, ['partial'], HEATING)),
    ...[140000, 140100].map((region) => cell(region, 2025, '2', KNOWN_MS, ['partial'], HEATING)),
    // A day later 2026 is of three cities.
    cell(140300, 2026, '3', LATER_MS),
  ]);
});
afterAll(() => runtime.close());

it('an incomplete value of the province says of which cities it is, as known at the instant', async () => {
  const partsBy = async (asOfMs?: number) =>
    (
      await readComparable(runtime.context(), {
        metrics: [METRIC],
        regions: [140000, 140100],
        ...(asOfMs !== undefined && { asOfMs }),
      })
    ).map(({ region, periodMs, parts }) => [
      region,
      new Date(periodMs + 8 * 3_600_000).getUTCFullYear(),
      parts,
    ]);
  expect(await partsBy(KNOWN_MS)).toEqual([
    [140000, 2024, [140100, 140300]],
    [140000, 2025, [140100, 140200]],
    [140000, 2026, [140100, 140200]],
    [140100, 2024, undefined],
    [140100, 2025, undefined],
    [140100, 2026, undefined],
  ]);
  expect((await partsBy()).find(([, year]) => year === 2026)?.[2]).toEqual([140100, 140200, 140300]);
});

it('and is compared with one of the same cities alone (calculus.md §15)', async () => {
  const yoy = async (period: string, asOf: string) => {
    const calculus = await readCalculus(runtime.context(), { code: METRIC, period, freq: 'M', asOf });
    return calculus.workings.find(({ key }) => key === 'yoy');
  };
  // 30 / 20 of 太原 and 大同 in both years; 20 / 10 would be theirs against 太原 and 阳泉.
  expect(await yoy('2026-03', '2026-05-01')).toMatchObject({ text: '+50.0%' });
  expect(await yoy('2025-03', '2026-05-01')).toMatchObject({
    value: null,
    reason: '两期有数的市不同,不可比',
  });
});

it('of one kind of things counted, too, where only the cities that had any of it differ', async () => {
  const { workings } = await readCalculus(runtime.context(), {
    ...{ code: METRIC, slice: HEATING, freq: 'M', basis: 'period', period: '2026-03', asOf: '2026-05-01' },
  });
  // 3 / 2 − 1, both of 太原 and 大同.
  expect(workings.find(({ key }) => key === 'yoy')).toMatchObject({ text: '+50.0%' });
});
