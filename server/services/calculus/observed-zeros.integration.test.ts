import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { periodOf } from '@/metrics/time/period';
import { appendKnown } from '@/server/observations/append-known';
import { type CalculusInput, readCalculus } from '@/server/services/calculus/read';
import type { CellCalculus } from '@/server/services/calculus/types';
import { readPassport } from '@/server/services/screens/passport';
import { actorOf } from '@/tests/support/actors';
import { at } from '@/tests/support/compute';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';

const TAIYUAN = 140100;
const DATONG = 140200;
const HEATING = 'topic=供热';
const NOISE = 'topic=噪声';
const KNOWN_MS = at('2026-05-10T08:00:00');
const LATER_MS = at('2026-05-20T08:00:00');
const month = (year: number, of: number) => periodOf('M', { year, month: of });

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
  runtime.clock.set(at('2026-05-25T12:00:00'));
  const cell = (
    periodMs: number,
    slice: string,
    value: string | null,
    more: { region?: number; vintageMs?: number } = {},
  ) => ({
    ...{ metric: 'hotline_requests', freq: 'M', region: TAIYUAN, basis: 'period', measure: 'level' },
    ...{ periodMs, slice, value, vintageMs: KNOWN_MS, sampleCount: 1, flags: ['demo'] },
    ...{ status: 'final', source: 'hotline_ticket', definitionVersion: 1 },
    ...more,
  });
  /** What of a month is not 供热 is 噪声; where there was no call on heating no cell of it is kept. */
  const told = (periodMs: number, heating: number, noise: number, more = {}) => [
    cell(periodMs, '', String(heating + noise), more),
    ...(heating === 0 ? [] : [cell(periodMs, HEATING, String(heating), more)]),
    cell(periodMs, NOISE, String(noise), more),
  ];
  await appendKnown(runtime.stores, 'r1', [
    ...told(month(2025, 1), 10, 5),
    ...told(month(2025, 2), 5, 5),
    ...told(month(2025, 3), 5, 5),
    ...told(month(2026, 1), 12, 6),
    ...told(month(2026, 2), 0, 7),
    ...told(month(2026, 3), 12, 8),
    // Of April the whole is not known, in May the topics lack one call.
    cell(month(2026, 4), NOISE, '6'),
    ...told(month(2026, 5), 3, 2),
    ...told(month(2026, 1), 4, 1, { region: DATONG }),
    ...told(month(2026, 2), 0, 3, { region: DATONG }),
    cell(month(2026, 3), '', '9', { region: DATONG }),
    cell(month(2026, 3), NOISE, '8', { region: DATONG }),
  ]);
  // A call of February is found to have been on heating, another of January on nothing that anybody told.
  await appendKnown(runtime.stores, 'r2', [
    cell(month(2026, 2), '', '8', { vintageMs: LATER_MS }),
    cell(month(2026, 2), HEATING, '1', { vintageMs: LATER_MS }),
    cell(month(2025, 3), HEATING, null, { vintageMs: LATER_MS }),
    cell(month(2025, 3), NOISE, '10', { vintageMs: LATER_MS }),
  ]);
});
afterAll(() => runtime.close());

const read = (input: Partial<CalculusInput>) =>
  readCalculus(runtime.context(actorOf('analyst')), {
    ...{ code: 'hotline_requests', region: TAIYUAN, slice: HEATING, freq: 'M', basis: 'period' },
    ...{ asOf: '2026-05-15' },
    ...input,
  });
const of = ({ workings }: CellCalculus, key: string) => workings.find((working) => working.key === key);

describe('a month of a slice without a cell', () => {
  it('is a 0 in 累计 and 累计同比 where the other slices make the whole', async () => {
    const march = await read({ period: '2026-03' });
    // 12 + 0 + 12, against 10 + 5 + 5.
    expect(of(march, 'ytd')).toMatchObject({ value: '24', reason: null, demo: true });
    expect(of(march, 'ytd_yoy')).toMatchObject({ text: '+20.0%' });
    expect(of(march, 'ytd')?.operands.find(({ name }) => name === 'month_2')).toMatchObject({
      value: '0',
      // No cell is kept of it, so none can be opened.
      cell: null,
    });
    expect(of(march, 'mom')).toMatchObject({ value: null, text: '上期为0' });
  });

  it('has workings of its own, of the version and status of its whole, and no revisions', async () => {
    const february = await read({ period: '2026-02' });
    expect(february).toMatchObject({ value: '0', text: '0', status: 'final', vintageMs: null });
    expect(february.flags).toEqual(['demo']);
    // 0 / 5 − 1, with nothing to be said of either side.
    expect(of(february, 'yoy')).toMatchObject({ text: '−100.0%', flags: [] });
    expect(of(february, 'ytd')).toMatchObject({ value: '12' });
    expect(of(february, 'share_of_whole')).toMatchObject({ text: '0.0%' });
    expect(february.revisions).toEqual({ entries: [], triangle: null });
  });

  it('is missing where the whole is not known, and where the slices do not make it', async () => {
    await expect(read({ period: '2026-04' })).rejects.toMatchObject({ code: 'not_found' });
    expect(of(await read({ period: '2026-05' }), 'ytd')).toMatchObject({ value: null, reason: '不完整' });
    await expect(read({ region: DATONG, period: '2026-03' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is what was known at the instant', async () => {
    const since = await read({ period: '2026-03', asOf: '2026-05-21' });
    // 12 + 1 + 12 against 10 + 5 + 0: March of last year was withdrawn, and the others make its whole.
    expect(of(since, 'ytd')).toMatchObject({ value: '25' });
    expect(of(since, 'ytd_yoy')).toMatchObject({ text: '+66.7%' });
    expect(of(since, 'yoy')).toMatchObject({ value: null, text: '上年同期为0' });
    await expect(read({ period: '2026-02', asOf: '2026-05-01' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('is the newest one where nothing else is asked for', async () => {
    expect(await read({ region: DATONG, period: undefined })).toMatchObject({
      periodLabel: '2026年2月',
      value: '0',
    });
  });

  it('is none of a slice that nobody knows', async () => {
    const unknown = read({ slice: 'topic=无此类', period: '2026-02' });
    await expect(unknown).rejects.toMatchObject({ code: 'bad_input', place: 'slice' });
  });

  it('is what a passport compares with', async () => {
    const cell = { metric: 'hotline_requests', region: TAIYUAN, slice: HEATING, freq: 'M' as const };
    const passport = await readPassport(runtime.context(actorOf('analyst')), {
      cell: { ...cell, basis: 'period', measure: 'level', periodMs: month(2026, 3) },
      asOfMs: at('2026-05-15T00:00:00'),
    });
    expect(passport.comparisons.find(({ key }) => key === 'mom')).toMatchObject({ text: '上期为0' });
  });
});
