import { describe, expect, it } from 'vitest';
import { airQualityHour } from '@/server/datasets/air-quality-hour';
import { hotlineTicket } from '@/server/datasets/hotline-ticket';
import { checkMapping, parseMapping, type Transform, transformOf } from './mapping';
import { makePlan } from './plan';
import { makeRowChecker } from './row-checker';
import { windowsOf } from './windows';

const HEADERS = ['station_id', 'region_code', 'data_ts', 'pm25', 'pm10'];

describe('headers', () => {
  it('are found by name, in any order and spelling', () => {
    const plan = makePlan(
      airQualityHour,
      ['PM10', 'PM2.5', 'Data_TS', 'station_id', 'region_code'],
      undefined,
    );
    const at = (name: string) => plan.columns.find((one) => one.column.name === name)?.from;
    expect([at('pm10'), at('pm25'), at('data_ts'), at('so2')]).toEqual([[0], [1], [2], []]);
  });

  it('that are wrong stop the whole file once, with what was seen and what was probably meant', () => {
    expect(() =>
      makePlan(airQualityHour, ['station', 'region_code', 'data_time', 'pm25x'], undefined),
    ).toThrow(
      /缺少列 “station_id”\(是否为“station”\)、“data_ts”;不认识的表头.*“pm25x”\(是否为“pm25”\).*文件的表头是 station、region_code、data_time、pm25x/,
    );
    expect(() => makePlan(airQualityHour, [...HEADERS, 'PM2.5'], undefined)).toThrow(/“PM2.5”出现了两次/);
  });

  it('with an underscore are passed over', () => {
    expect(() => makePlan(airQualityHour, [...HEADERS, '_row', '_reason'], undefined)).not.toThrow();
  });
});

describe('mapping', () => {
  const mapping = parseMapping(`
source: city_feed
columns:
  data_ts: { from: [date, hour], format: YYYYMMDD H }
  region_code: 城市
  station_id: { from: 城市, values: { 太原: city-140100 } }
  station_kind: { value: city }
  co: { from: CO_ug, factor: 0.001 }
  pm10: { from: PM10, optional: true }
skip: [AQI]
`);
  const check = makeRowChecker({
    entry: airQualityHour,
    plan: makePlan(airQualityHour, ['date', 'hour', '城市', 'CO_ug', 'AQI'], mapping),
    scope: { regions: [140000], domains: null },
    loadId: 'L',
    receivedMs: Date.parse('2026-03-01T09:00:00+08:00'),
    isDemo: true,
    known: { definitionOf: () => undefined },
  });

  it('joins, renames, translates, scales and fills; every row says its load, row and demo', () => {
    const checked = check(['20260228', '9', '太原', '1234', '57'], 2);
    if (!('line' in checked)) throw new Error(checked.rejected.reason);
    const cells = checked.line.split('\t');
    expect(cells.slice(0, 4)).toEqual(['city-140100', 'city', '140100', '2026-02-28 09:00:00']);
    expect(cells.slice(4, 10)).toEqual(['\\N', '\\N', '\\N', '\\N', '\\N', '1.23']);
    const version = String(Date.parse('2026-03-01T09:00:00+08:00'));
    expect(cells.slice(-7)).toEqual(['city_feed', version, '0', 'L', '1', '2', "['rounded']"]);
  });

  it('refuses a value it has no translation for, and keeps a sentinel a sentinel', () => {
    expect(check(['20260228', '9', '大同', '1', ''], 2)).toMatchObject({
      rejected: { code: 'unmapped_value' },
    });
    const sentinel = check(['20260228', '9', '太原', '-999', ''], 2);
    expect('line' in sentinel && sentinel.line).toMatch(/\['sentinel'\]$/);
    expect(check(['20260231', '9', '太原', '1', ''], 3)).toMatchObject({
      rejected: { column: 'data_ts', code: 'bad_time' },
    });
  });

  it('is checked itself: unknown columns, absent headers, unknown format tokens, members it does not have', () => {
    const plan = (columns: unknown) => () => makePlan(airQualityHour, HEADERS, checkMapping({ columns }));
    expect(plan({ pm2: 'pm25' })).toThrow(/“pm2”不在数据集中,是否为 pm25/);
    expect(plan({ so2: 'SO_2' })).toThrow(/缺少列 “SO_2”/);
    expect(plan({ data_ts: { from: 'data_ts', format: 'YYYYMMDD XX' } })).toThrow(/“XX”不认识/);
    expect(plan({ so2: { form: 'x' } })).toThrow(/映射有误/);
    expect(plan({ so2: { from: 'x', value: 'y' } })).toThrow(/either from or value/);
    expect(() => parseMapping('columns: [')).toThrow(/不是 YAML/);
  });

  it('scales numbers of any spelling and nothing else', () => {
    const scale = transformOf({ from: 'x', factor: 10_000 }) as Transform;
    expect(scale('1,234.5')).toEqual({ text: '12345000' });
    expect(scale('１２')).toEqual({ text: '120000' });
    expect(scale('—')).toEqual({ text: '—' });
    expect(scale('3亿')).toMatchObject({ code: 'not_a_number' });
  });
});

describe('row rules', () => {
  const headers = [
    'ticket_id',
    'region_code',
    'create_ts',
    'channel',
    'request_type',
    'topic',
    'dispatched',
    'due_ts',
    'finish_ts',
  ];
  const check = makeRowChecker({
    entry: hotlineTicket,
    plan: makePlan(hotlineTicket, headers, undefined),
    scope: { regions: [140000], domains: null },
    loadId: 'L',
    receivedMs: Date.parse('2026-03-01T09:00:00+08:00'),
    isDemo: false,
    known: { definitionOf: () => undefined },
  });
  const ticket = (dispatched: string, due: string, finish: string, created = '2026-02-20 08:00:00') =>
    check(['T1', '140105', created, 'phone', '投诉', '供热', dispatched, due, finish], 7);
  const flags = (checked: ReturnType<typeof ticket>) =>
    'line' in checked ? checked.line.split('\t').at(-1) : undefined;

  it('reject what cannot be, mark what is doubtful, pass what is unknown', () => {
    expect(ticket('1', '2026-02-25 08:00:00', '2026-02-19 08:00:00')).toEqual({
      rejected: { column: 'finish_ts', code: 'finish_before_create', reason: '办结时间早于受理时间' },
    });
    expect(flags(ticket('1', '', ''))).toBe("['due_missing']");
    expect(flags(ticket('0', '', ''))).toBe('[]');
  });

  it('mark a row that came after its lateness limit of 30 days', () => {
    expect(flags(ticket('0', '', '', '2026-01-30 09:00:00'))).toBe('[]');
    expect(flags(ticket('0', '', '', '2026-01-30 08:59:59'))).toBe("['late']");
  });

  it('name every wrong cell of a row, the first one as its place', () => {
    const checked = check(['', '999999', '2026-02-20 08:00:00', 'fax', '投诉', '供热', '0', '', ''], 8);
    expect(checked).toMatchObject({ rejected: { column: 'ticket_id', code: 'required' } });
    expect('rejected' in checked && checked.rejected.reason).toMatch(/ticket_id:.*region_code:.*channel:/);
  });
});

describe('windows to compute', () => {
  it('join neighbouring days and are days of Asia/Shanghai', () => {
    const day = (text: string) => Date.parse(`${text}T00:00:00+08:00`);
    expect(windowsOf(['2026-01-31', '2026-02-01', '2026-02-03'])).toEqual([
      [day('2026-01-31'), day('2026-02-02')],
      [day('2026-02-03'), day('2026-02-04')],
    ]);
    expect(windowsOf([])).toEqual([]);
  });
});
