import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@/server/context';
import { openTestRuntime, type TestRuntime } from '@/tests/support/stores';
import { createLoad } from './create';
import { getLoad } from './get';
import { listLoads } from './list';
import { listRejects, rejectsCsv } from './rejects';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.close());

const HEAD = 'station_id,region_code,data_ts,pm25,pm10';

function load(lines: string[], more: { mendsLoadId?: string; as?: Actor } = {}) {
  const { as, mendsLoadId } = more;
  runtime.clock.advance(1000);
  return createLoad(runtime.context(as), {
    dataset: 'air_quality_hour',
    fileName: 'air.csv',
    origin: 'upload',
    provenance: 'real',
    bytes: Buffer.from(`${lines.join('\n')}\n`),
    mendsLoadId,
  });
}

/** Rows 2 and 4 of the file are rejected: a value that is no number, a region that is none. */
function rejectedLoad(station: string) {
  return load([
    HEAD,
    `${station}A,140105,2026-11-20 01:00:00,x,20`,
    `${station}B,140105,2026-11-20 01:00:00,10,20`,
    `${station}C,999999,2026-11-20 01:00:00,10,20`,
  ]);
}

/** `_row` of each line of the download. */
async function rowsInCsv(id: string, rows?: 'left' | 'all'): Promise<string[]> {
  const { body } = await rejectsCsv(runtime.context(), { id, ...(rows && { rows }) });
  let text = '';
  for await (const chunk of body.setEncoding('utf8')) text += String(chunk);
  const [head = '', ...lines] = text.trim().split('\n');
  const at = head.split(',').indexOf('_row');
  return lines.map((line) => line.split(',')[at] ?? '');
}

describe('rejected rows that were mended later', () => {
  it('are known one by one, and both loads lead to each other', async () => {
    const first = await rejectedLoad('S');
    expect(first).toMatchObject({ accepted: 1, rejected: 2 });
    expect((await getLoad(runtime.context(), { id: first.loadId })).mended).toEqual({
      rows: 0,
      known: 0,
      loads: [],
    });

    // One row mended, the other still wrong; row 3 was never rejected, its note says nothing.
    const half = await load(
      [
        `${HEAD},_row`,
        'SA,140105,2026-11-20 01:00:00,9,20,2',
        'SC,888888,2026-11-20 01:00:00,10,20,4',
        'SB,140105,2026-11-20 01:00:00,11,20,3',
      ],
      { mendsLoadId: first.loadId },
    );
    expect(half).toMatchObject({ accepted: 1, corrected: 1, rejected: 1 });
    const seen = await getLoad(runtime.context(), { id: first.loadId });
    expect(seen.mended).toMatchObject({ rows: 1, loads: [{ id: half.loadId, rows: 1, rejected: 1 }] });
    const { rows, byCode } = await listRejects(runtime.context(), { id: first.loadId });
    expect(byCode).toEqual([
      { code: 'bad_region', title: '区划不对', column: 'region_code', columnTitle: '区划', rows: 1 },
      { code: 'not_a_number', title: '不是数字', column: 'pm25', columnTitle: '细颗粒物', rows: 1 },
    ]);
    expect(rows[0]?.reason).toBe('细颗粒物:“x”不是数字');
    expect(rows.map(({ row, mendedBy }) => [row, mendedBy])).toEqual([
      [2, half.loadId],
      [4, null],
    ]);
    // What is downloaded to be mended is what is left; all of it where asked for.
    expect(seen.mended.known).toBe(1);
    expect(await rowsInCsv(first.loadId)).toEqual(['4']);
    expect(await rowsInCsv(first.loadId, 'all')).toEqual(['2', '4']);
    expect((await getLoad(runtime.context(), { id: half.loadId })).mendsLoadId).toBe(first.loadId);

    // The same row sent by two loads is one mended row.
    await load(
      [`${HEAD},_row`, 'SA,140105,2026-11-20 01:00:00,8,20,2', 'SC,140106,2026-11-20 01:00:00,10,20,4'],
      { mendsLoadId: first.loadId },
    );
    const list = await listLoads(runtime.context(), {});
    expect(list.loads.find(({ id }) => id === first.loadId)?.mended).toMatchObject({ rows: 2, known: 2 });
    expect(await rowsInCsv(first.loadId)).toEqual([]);
  });

  it('are counted by what a file without row numbers brought, never more than were rejected', async () => {
    const first = await rejectedLoad('T');
    const lines = ['TA', 'TC', 'TD'].map((id) => `${id},140105,2026-11-20 01:00:00,9,20`);
    await load([HEAD, ...lines], { mendsLoadId: first.loadId });
    const { mended } = await getLoad(runtime.context(), { id: first.loadId });
    // Nobody knows which two: a download still has all.
    expect(mended).toMatchObject({ rows: 2, known: 0, loads: [{ rows: 3 }] });
    expect(await rowsInCsv(first.loadId)).toEqual(['2', '4']);
    const { rows } = await listRejects(runtime.context(), { id: first.loadId });
    expect(rows.map(({ mendedBy }) => mendedBy)).toEqual([null, null]);
  });

  it('are counted for everybody who sees the load, but a mending load outside the scope is not named', async () => {
    const taiyuan: Actor = {
      kind: 'user',
      id: 'taiyuan',
      name: 'taiyuan',
      role: 'operator',
      scope: { regions: [140100], domains: null },
    };
    const first = await load([HEAD, 'UA,140105,2026-11-20 01:00:00,x,20'], { as: taiyuan });
    await load([`${HEAD},_row`, 'UA,140105,2026-11-20 01:00:00,9,20,2'], { mendsLoadId: first.loadId });
    const { mended } = await getLoad(runtime.context(taiyuan), { id: first.loadId });
    expect(mended).toEqual({ rows: 1, known: 1, loads: [] });
    await expect(
      getLoad(runtime.context({ ...taiyuan, role: 'leader' }), { id: first.loadId }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      rejectsCsv(runtime.context({ ...taiyuan, role: 'leader' }), { id: first.loadId }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});
