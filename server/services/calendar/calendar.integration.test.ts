import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf } from '@/metrics/time/zone';
import { ROLES } from '@/server/context';
import { computeQueue } from '@/server/db/schema/ingest';
import { currentDataVersion } from '@/server/observations/append';
import { listAudit } from '@/server/services/audit/list';
import { listHolidays } from '@/server/services/calendar/list';
import { type PutHolidaysInput, putHolidays } from '@/server/services/calendar/put';
import { listReleases } from '@/server/services/calendar/releases';
import { removeHolidays } from '@/server/services/calendar/remove';
import { readPassport } from '@/server/services/screens/passport';
import { actorOf } from '@/tests/support/actors';
import { openWorld, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
});
afterAll(() => world.runtime.close());

const asOperator = () => world.runtime.context(actorOf('operator'));
const input = (overrides: Partial<PutHolidaysInput> = {}): PutHolidaysInput => ({
  year: 2026,
  off: ['2026-04-07'],
  work: ['2026-04-04'],
  source: '省政府办公厅通知',
  ...overrides,
});
const AVERAGE = '140105 M period 2026-04-01';
const average = async () => (await world.cells('service_avg_days'))[AVERAGE];
const queued = async () =>
  (await world.runtime.stores.db.select().from(computeQueue)).map(({ dataset, windowStart, windowEnd }) => [
    dataset,
    windowStart.getTime(),
    windowEnd.getTime(),
  ]);

describe('holiday tables', () => {
  it('are shipped with their source, and this year or the next without one is named', async () => {
    const { tables, missingYears } = await listHolidays(asOperator());
    expect(tables.map(({ year, origin }) => `${year} ${origin}`)).toContain('2026 shipped');
    expect(missingYears).toEqual([2027]);
    await expect(listHolidays(asOperator(), { year: 2027 })).rejects.toMatchObject({
      code: 'not_found',
      message: '2027 年没有放假安排,工作日按周一至周五计',
    });
  });

  it('of an operator stand in for the shipped one: dependent values are computed again, screens read again', async () => {
    await world.load(
      'service_case',
      [
        {
          case_id: 'c1',
          region_code: 140105,
          apply_ts: '2026-04-03 09:00:00',
          apply_channel: 'online',
          department: '市场监管',
          item_type: '许可',
          subject_type: 'person',
          pause_days: 0,
          accept_ts: '2026-04-03 10:00:00',
          finish_ts: '2026-04-08 10:00:00',
          promise_date: '2026-04-06',
        },
      ],
      '2026-04-03',
    );
    await world.compute();
    // Friday to Wednesday with Monday 6 April off: the 7th and the 8th.
    expect(await average()).toBe('2 running');

    const events: number[] = [];
    const off = world.runtime.stores.bus.on('observations', ({ version }) => events.push(version));
    const before = await currentDataVersion(world.runtime.stores);
    expect(await putHolidays(asOperator(), input())).toEqual({ year: 2026, recomputing: ['政务服务办件'] });
    off();
    const after = await currentDataVersion(world.runtime.stores);
    expect([after, events]).toEqual([before + 1, [after]]);
    // From the year before: what was begun then may have been counted through this year's days.
    expect(await queued()).toEqual([['service_case', instantOf(2025), instantOf(2027)]]);
    await world.compute();
    // Saturday the 4th worked, Monday the 6th an ordinary day, the 7th off, the 8th: three.
    expect(await average()).toBe('3 running');
  });

  it('with the same days again change nothing that was computed', async () => {
    const again = await putHolidays(asOperator(), input({ source: '更正来源' }));
    expect([again.recomputing, await queued()]).toEqual([[], []]);
    const { tables } = await listHolidays(asOperator(), { year: 2026 });
    expect(tables[0]).toMatchObject({
      origin: 'own',
      shipped: true,
      source: '更正来源',
      updatedBy: 'operator',
    });
  });

  it('taken back give way to the shipped one, and every change is in the audit', async () => {
    expect(await removeHolidays(asOperator(), { year: 2026 })).toEqual({
      year: 2026,
      recomputing: ['政务服务办件'],
    });
    await world.compute();
    expect(await average()).toBe('2 running');
    await expect(removeHolidays(asOperator(), { year: 2026 })).rejects.toMatchObject({ code: 'not_found' });
    const { entries } = await listAudit(world.runtime.context(actorOf('admin')), { entity: 'calendar' });
    expect(entries.map(({ action, entityId, actorName }) => `${actorName} ${action} ${entityId}`)).toEqual([
      'operator calendar.remove 2026',
      'operator calendar.put 2026',
      'operator calendar.put 2026',
    ]);
    expect(entries[2]?.details).toMatchObject({ replaces: 'shipped', recomputing: ['service_case'] });
  });

  it('of a year that lies ahead reopen nothing', async () => {
    const next = input({ year: 2027, off: ['2027-01-01'], work: [] });
    expect((await putHolidays(asOperator(), next)).recomputing).toEqual([]);
    expect((await listHolidays(asOperator())).missingYears).toEqual([]);
    await removeHolidays(asOperator(), { year: 2027 });
  });

  it('with mistakes are refused with all of them at once, and nothing is stored', async () => {
    await expect(
      putHolidays(asOperator(), input({ off: ['2025-01-01'], work: ['2026-04-07'], source: ' ' })),
    ).rejects.toMatchObject({
      code: 'bad_input',
      place: 'source',
      message:
        '请写明来源(发文字号或网址);放假日第 1 个“2025-01-01”不在 2026 年;调休上班日第 1 个“2026-04-07”本来就是周一至周五',
    });
    await expect(putHolidays(asOperator(), input({ year: 26 }))).rejects.toThrow('年份应在 1992–2100 之间');
    expect((await listHolidays(asOperator(), { year: 2026 })).tables[0]?.origin).toBe('shipped');
  });

  it('are changed by operators and administrators alone, and read by all but leaders', async () => {
    for (const role of ROLES.filter((own) => own !== 'operator' && own !== 'admin')) {
      const ctx = world.runtime.context(actorOf(role));
      await expect(putHolidays(ctx, input())).rejects.toMatchObject({ code: 'forbidden' });
      await expect(removeHolidays(ctx, { year: 2026 })).rejects.toMatchObject({ code: 'forbidden' });
    }
    const leader = world.runtime.context(actorOf('leader'));
    await expect(listHolidays(leader)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listReleases(leader)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('the release calendar', () => {
  it('tells what is expected of metrics with figures, within the domains of the reader', async () => {
    world.runtime.clock.set(instantOf(2026, 5, 8, 12));
    const cityOperator = world.runtime.context(actorOf('operator', { regions: [140100] }));
    const { releases, region, withoutData } = await listReleases(cityOperator);
    expect(region.code).toBe(140100);
    const average = releases.filter(({ metric }) => metric === 'service_avg_days');
    // 次日: April was due by the end of 1 May; May is due by the end of 1 June.
    expect(average.map(({ periodLabel, state }) => [periodLabel, state])).toEqual([
      ['2026年5月', 'pending'],
      ['2026年6月', 'pending'],
      ['2026年4月', 'arrived'],
    ]);
    expect(average[0]).toMatchObject({ dueMs: instantOf(2026, 6, 2), owner: '省行政审批服务管理局' });
    expect(withoutData).toBeGreaterThan(50);
    const environment = world.runtime.context(actorOf('operator', { domains: ['environment'] }));
    expect((await listReleases(environment)).releases).toEqual([]);
  });

  it('and the passport of the same number agree on what is overdue', async () => {
    // May is due until the end of 1 June 2026 (Monday): Tuesday and Wednesday are the grace.
    world.runtime.clock.set(instantOf(2026, 6, 4));
    const ctx = asOperator();
    const row = (await listReleases(ctx)).releases.find(({ metric }) => metric === 'service_avg_days');
    expect(row).toMatchObject({ periodLabel: '2026年5月', state: 'overdue', missing: 1 });
    const { figure } = await readPassport(ctx, {
      cell: {
        metric: 'service_avg_days',
        freq: 'M',
        region: 140000,
        slice: '',
        basis: 'period',
        measure: 'level',
        periodMs: instantOf(2026, 4),
      },
    });
    expect(figure.freshness).toMatchObject({
      state: 'overdue',
      text: '2026年5月应于 2026-06-01 前到达,逾期未报',
    });
  });
});
