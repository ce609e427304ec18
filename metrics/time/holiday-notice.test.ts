import { describe, expect, it } from 'vitest';
import { daysIn, readHolidayNotice } from './holiday-notice';

describe('a pasted notice', () => {
  it('gives days off and make-up days, without the dates that are neither', () => {
    const text = `关于 2030 年放假的通知
      一、元旦:2029年12月31日至2030年1月2日放假调休,共3天。2029年12月29日(星期六)上班。
      二、某节:2月2日(初一、周六)至4日(周一)放假,共3天。2月9日(周六)、2月10日(周日)上班。
      三、另一节:4月5日放假,4月8日(星期一)补休。
      安排职工在2月1日休息。
      2029年11月5日`;
    expect(readHolidayNotice(text, 2030)).toEqual({
      off: ['2030-01-01', '2030-01-02', '2030-02-02', '2030-02-03', '2030-02-04', '2030-04-05', '2030-04-08'],
      work: ['2030-02-09', '2030-02-10'],
      otherYears: ['2029-12-31', '2029-12-29'],
    });
  });
});

describe('a list of days', () => {
  it('may be written in any of the usual ways', () => {
    expect(daysIn('2030-01-01,2030/1/2\n1月3日、5月1日~5月2日 9月29日—10月1日', 2030)).toEqual([
      '2030-01-01',
      '2030-01-02',
      '2030-01-03',
      '2030-05-01',
      '2030-05-02',
      '2030-09-29',
      '2030-09-30',
      '2030-10-01',
    ]);
  });

  it('leaves out what is no date, and does not believe an endless stretch', () => {
    expect(daysIn('2月30日 无', 2030)).toEqual([]);
    expect(daysIn('1月1日至12月31日', 2030)).toEqual(['2030-01-01']);
  });
});
