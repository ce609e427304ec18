import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, deliver, openWorld, type World } from '@/tests/support/compute';

let world: World;
beforeAll(async () => {
  world = await openWorld('2024-04-10T18:00:00');
});
afterAll(() => world.runtime.close());

const HEADER =
  'card_id,live_region,disease,class,case_kind,onset_date,diagnose_ts,report_ts,status,is_deleted,updated_at';
let moment = 0;

/** Cards as the source delivers them: `card,county,disease,class,kind,onset,diagnosed,reported,status[,deleted]`. */
async function push(lines: readonly string[]): Promise<void> {
  const rows = lines.map((line) => {
    const [id, county, disease, kind, made, onset, diagnosed, reported, status, deleted = '0'] =
      line.split(',');
    moment += 1;
    const updated = `2024-04-10 10:${String(moment).padStart(2, '0')}:00`;
    return [id, county, disease, kind, made, onset, diagnosed, reported, status, deleted, updated].join(',');
  });
  await deliver(world, 'infectious_case', HEADER, rows);
}

/** Cells of one metric without coverage, those that are asked for. */
async function seen(metric: string, places: readonly string[]): Promise<Record<string, string | undefined>> {
  const cells = await world.cells(metric);
  return Object.fromEntries(places.map((place) => [place, cells[place]]));
}

async function expectNothingNewFromScratch(): Promise<void> {
  const again = await world.compute({
    dataset: 'infectious_case',
    fromMs: at('2023-01-01T00:00:00'),
    toMs: at('2024-04-11T00:00:00'),
  });
  expect([again.rowsWritten, again.derivedRows]).toEqual([0, 0]);
}

describe('cards of notifiable diseases', () => {
  it('count by onset, and are in time to the second by the class of the disease', async () => {
    await push([
      'c1,140105,霍乱,A,确诊,2024-02-29,2024-02-29 08:00:00,2024-02-29 10:00:00,valid',
      // Managed like class A: two hours and half a minute are late.
      'c2,140105,肺炭疽,B,临床诊断,2024-02-29,2024-02-29 08:00:00,2024-02-29 10:00:30,valid',
      // A day and half a minute.
      'c3,140106,流行性感冒,C,确诊,2024-02-28,2024-02-28 09:00:00,2024-02-29 09:00:30,valid',
      // Nobody knows when it was diagnosed.
      'c4,140106,流行性感冒,C,确诊,2024-02-28,,2024-02-29 12:00:00,revised',
      'c5,140213,流行性感冒,C,确诊,2024-03-01,2024-02-29 23:59:59,2024-03-01 00:00:00,valid',
      'c6,140105,布鲁氏菌病,B,疑似,2024-02-29,2024-02-29 09:00:00,2024-02-29 09:10:00,valid',
      'c7,140105,突发原因不明的传染病,other,临床诊断,2024-02-29,2024-02-29 09:00:00,2024-02-29 09:10:00,valid',
      'c8,140105,手足口病,C,确诊,2024-02-29,2024-02-29 09:00:00,2024-02-29 09:10:00,deleted',
      'c9,140106,流行性感冒,C,,,2024-02-29 23:50:00,2024-02-29 23:59:59,valid',
    ]);
    // Counted are c1, c2, c7 in 140105 and c3, c4 in 140106 of February, c5 of March; c9 has no onset.
    const cases = {
      '140105 D period 2024-02-28': '0',
      '140105 D period 2024-02-29': '3',
      '140105 M period 2024-02-01': '3',
      '140106 D period 2024-02-28': '2',
      '140106 M period 2024-02-01': '2',
      '140100 M period 2024-02-01': '5',
      '140100 M period class=A 2024-02-01': '1',
      '140100 M period class=B 2024-02-01': '1',
      '140100 M period class=C 2024-02-01': '2',
      '140100 M period class=other 2024-02-01': '1',
      '140105 D period disease=突发原因不明的传染病 2024-02-29': '1',
      '140213 D period 2024-03-01': '1',
      '140213 D period 2024-02-29': undefined,
      '140000 M ytd 2024-03-01': '6',
      '140000 A period 2024-01-01': '6 running',
    };
    expect(await seen('infectious_cases', Object.keys(cases))).toEqual(cases);
    // By report, of those that can be judged: c1 and c6 of c1, c2, c6; c9 of c3, c9; c5 in March.
    const inTime = {
      '140105 M period 2024-02-01': String(200 / 3).slice(0, 12),
      '140106 M period 2024-02-01': '50',
      '140100 M period 2024-02-01': '60',
      '140213 M period 2024-03-01': '100',
    };
    const found = await seen('report_24h_rate', Object.keys(inTime));
    expect(
      Object.fromEntries(Object.entries(found).map(([place, value]) => [place, value?.slice(0, 12)])),
    ).toEqual(inTime);
    await expectNothingNewFromScratch();
  });

  it('leave the county, the day and the year that a correction moves them out of', async () => {
    await push([
      'c1,140106,霍乱,A,确诊,2024-03-01,2024-02-29 08:00:00,2024-02-29 10:00:00,revised',
      'c2,140105,肺炭疽,B,临床诊断,2024-02-29,2024-02-29 08:00:00,2024-02-29 10:00:30,valid,1',
      'c5,140213,流行性感冒,C,确诊,2023-12-31,2024-02-29 23:59:59,2024-03-01 00:00:00,revised',
    ]);
    const cases = {
      '140105 D period 2024-02-29': '1',
      '140105 M period 2024-02-01': '1',
      '140105 D period class=A 2024-02-29': 'null(missing)',
      '140106 D period 2024-03-01': '1',
      '140106 D period class=A 2024-03-01': '1',
      '140106 M period 2024-03-01': '1',
      '140106 A period 2024-01-01': '3 running',
      '140213 D period 2024-03-01': 'null(missing)',
      '140213 M period 2024-03-01': 'null(missing)',
      '140213 D period 2023-12-31': '1',
      '140213 A period 2023-01-01': '1',
      '140000 A period 2023-01-01': '1',
      '140000 A period 2024-01-01': '4 running',
    };
    expect(await seen('infectious_cases', Object.keys(cases))).toEqual(cases);
    // c6 alone in 140105; c1 and c9 of c1, c3, c9 in 140106.
    expect(
      await seen('report_24h_rate', ['140105 M period 2024-02-01', '140213 M period 2024-03-01']),
    ).toEqual({
      '140105 M period 2024-02-01': '100',
      '140213 M period 2024-03-01': '100',
    });
    await expectNothingNewFromScratch();
  });
});
