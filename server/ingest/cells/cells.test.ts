import { describe, expect, it } from 'vitest';
import { findColumn } from '@/metrics/model/dataset';
import { airQualityHour } from '@/server/datasets/air-quality-hour';
import type { DatasetEntry } from '@/server/datasets/entry';
import { hotlineTicket } from '@/server/datasets/hotline-ticket';
import { marketEntityEvent } from '@/server/datasets/market-entity-event';
import { columnReader } from './reader';

/** Now is 2026-03-01 09:00; the sender may load 太原. */
function reader(entry: DatasetEntry, name: string) {
  const column = findColumn(entry.contract, name);
  if (!column) throw new Error(name);
  const read = columnReader(column, {
    entry,
    limits: { latest: '2026-03-01 09:10:00' },
    mayLoad: (code) => Math.floor(code / 100) === 1401,
  });
  return (text: string) => {
    const { text: canonical, flag, problem } = read(text);
    return problem ? problem.code : flag ? [canonical, flag] : canonical;
  };
}

describe('numbers', () => {
  const pm10 = reader(airQualityHour, 'pm10');
  it.each([
    ['35.5', '35.5'],
    ['0', '0'],
    ['184.00', '184'],
    [' 12.5 ', '12.5'],
    ['１２.５', ['12.5', 'fullwidth_fixed']],
    ['1,234', ['1234', 'thousands_fixed']],
    ['1.2E2', ['120', 'scientific_fixed']],
    ['12.34', ['12.3', 'rounded']],
    ['12.35', ['12.4', 'rounded']],
  ])('%j is read as %j', (text, expected) => {
    expect(pm10(text)).toEqual(expected);
  });

  it.each(['', '  ', '\u200b', '\u3000'])('%j is nothing', (text) => {
    expect(pm10(text)).toBeNull();
  });

  it.each(['—', '——', '/', 'N/A', '无', '…', 'NaN'])('%j is a placeholder: nothing, with a mark', (text) => {
    expect(pm10(text)).toEqual([null, 'placeholder']);
  });

  it('an Excel error is nothing, with a mark', () => {
    expect(pm10('#DIV/0!')).toEqual([null, 'excel_error']);
  });

  it.each(['-1', '-99', '-999', '-999.0', '-9999', '9999'])('sentinel %s is never a number', (text) => {
    expect(pm10(text)).toEqual([null, 'sentinel']);
  });

  it.each([
    ['-5', 'out_of_range'],
    ['20000', 'out_of_range'],
    ['12.5万元', 'unit_in_value'],
    ['98%', 'unit_in_value'],
    ['35μg/m³', 'unit_in_value'],
    ['三万', 'chinese_number'],
    ['12,5', 'decimal_comma'],
    ['1O5', 'not_a_number'],
    ['abc', 'not_a_number'],
    ['1,23,4', 'not_a_number'],
  ])('%s is refused as %s', (text, code) => {
    expect(pm10(text)).toBe(code);
  });

  it('carbon monoxide given in μg/m³ is outside its limits, not stored 1000 times too large', () => {
    expect(reader(airQualityHour, 'co')('1200')).toBe('out_of_range');
  });

  it('an integer column refuses a fraction', () => {
    expect(reader(airQualityHour, 'aqi_published')('57.5')).toBe('not_integer');
    expect(reader(airQualityHour, 'aqi_published')('234.0')).toBe('234');
  });
});

describe('times', () => {
  const ts = reader(airQualityHour, 'data_ts');
  it.each([
    ['2026-02-28 09:00:00', '2026-02-28 09:00:00'],
    ['2026-02-28 09:00', '2026-02-28 09:00:00'],
    ['2026/2/28 9:00', ['2026-02-28 09:00:00', 'time_fixed']],
    ['2026-02-28T01:00:00Z', ['2026-02-28 09:00:00', 'time_fixed']],
    ['2026-02-28T09:00:00+08:00', ['2026-02-28 09:00:00', 'time_fixed']],
    ['2026-02-27 24:00', ['2026-02-28 00:00:00', 'time_fixed']],
    ['20260228090000', ['2026-02-28 09:00:00', 'time_fixed']],
    ['2026年2月28日9时', ['2026-02-28 09:00:00', 'time_fixed']],
    ['２０２６-02-28 09:00:00', ['2026-02-28 09:00:00', 'time_fixed']],
  ])('%s is %j', (text, expected) => {
    expect(ts(text)).toEqual(expected);
  });

  it.each([
    ['2026-02-30 09:00:00', 'bad_time'],
    ['2026-02-28 25:00:00', 'bad_time'],
    ['2026-02-28', 'time_missing'],
    ['1970-01-01 08:00:00', 'placeholder_time'],
    ['1900-01-01 00:00:00', 'placeholder_time'],
    ['2026-03-01 09:11:00', 'future_time'],
    ['2024年1-2月', 'bad_time'],
    ['', 'required'],
  ])('%s is refused as %s', (text, code) => {
    expect(ts(text)).toBe(code);
  });

  it('a clock ten minutes ahead is no error', () => {
    expect(ts('2026-03-01 09:10:00')).toBe('2026-03-01 09:10:00');
  });

  it('a placeholder where nothing may stand is nothing, with a mark; a deadline may lie ahead', () => {
    expect(reader(hotlineTicket, 'finish_ts')('1900-01-01 00:00:00')).toEqual([null, 'placeholder_time']);
    expect(reader(hotlineTicket, 'finish_ts')('2026-04-01 09:00:00')).toBe('future_time');
    expect(reader(hotlineTicket, 'due_ts')('2026-04-01 09:00:00')).toBe('2026-04-01 09:00:00');
  });

  const day = reader(marketEntityEvent, 'event_date');
  it.each([
    ['2026-01-05', '2026-01-05'],
    ['45292', ['2024-01-01', 'time_fixed']],
    ['24/1/5', ['2024-01-05', 'time_fixed']],
    ['2024年1月5日', ['2024-01-05', 'time_fixed']],
    ['20240105', ['2024-01-05', 'time_fixed']],
    ['2026-03-02', 'future_time'],
    ['2024.1', 'bad_time'],
  ])('date %s is %j', (text, expected) => {
    expect(day(text)).toEqual(expected);
  });
});

describe('regions', () => {
  const region = reader(hotlineTicket, 'region_code');
  it.each([
    ['140105', '140105'],
    ['太原市小店区', '140105'],
    ['140105001000', ['140105', 'region_remapped']],
    ['140100', ['140100', 'region_not_county']],
    ['1401', 'bad_region'],
    ['140199', 'bad_region'],
    ['140205', 'bad_region'],
    ['140212', 'out_of_scope'],
    ['', 'required'],
  ])('%s is %j', (text, expected) => {
    expect(region(text)).toEqual(expected);
  });

  it('an abolished county goes to its one successor with a mark; one divided among several is refused', () => {
    const column = findColumn(hotlineTicket.contract, 'region_code');
    if (!column) throw new Error('region_code');
    const anywhere = columnReader(column, {
      entry: hotlineTicket,
      limits: { latest: '2026-03-01 09:10:00' },
      mayLoad: () => true,
    });
    expect(anywhere('140421')).toMatchObject({ text: '140404', flag: 'region_remapped' });
    expect(anywhere('140211').problem?.reason).toMatch(/140213.*140214/);
  });
});

describe('words', () => {
  it('an enumeration takes its values in any case and proposes the near one', () => {
    const channel = reader(hotlineTicket, 'channel');
    expect(channel('Phone')).toBe('phone');
    expect(channel('phon')).toBe('not_in_list');
  });

  it('a number that a spreadsheet shortened has lost its digits and is refused', () => {
    expect(reader(marketEntityEvent, 'uscc')('1.40101E+17')).toBe('lost_digits');
  });

  it('a zero-width character is taken out with a mark', () => {
    expect(reader(hotlineTicket, 'ticket_id')('T\u200b1')).toEqual(['T1', 'invisible_removed']);
  });

  it('personal numbers never enter: not in a summary, not instead of a hash', () => {
    expect(reader(hotlineTicket, 'text_masked')('本人140105199001011234反映')).toBe('personal_data');
    expect(reader(hotlineTicket, 'text_masked')('回电13800001234')).toBe('personal_data');
    expect(reader(hotlineTicket, 'caller_hash')('13800001234')).toBe('not_hashed');
    expect(reader(hotlineTicket, 'caller_hash')('AB'.repeat(32))).toBe('ab'.repeat(32));
  });

  it('yes and no in their usual spellings', () => {
    const valid = reader(hotlineTicket, 'valid');
    expect(['1', '是', 'TRUE', 'y'].map(valid)).toEqual(['1', '1', '1', '1']);
    expect(['0', '否', 'false', ''].map(valid)).toEqual(['0', '0', '0', '1']);
    expect(valid('2')).toBe('not_boolean');
  });
});
