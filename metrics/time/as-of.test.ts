import { describe, expect, it } from 'vitest';
import { localMinute, parseAsOf } from './as-of';

describe('parseAsOf', () => {
  it('takes a date as its end and a time without zone as China’s', () => {
    expect(parseAsOf('2021-03-31')).toBe(Date.UTC(2021, 2, 31, 15, 59, 59, 999));
    expect(parseAsOf('2021-03-31T08:00')).toBe(Date.UTC(2021, 2, 31));
    expect(parseAsOf('2021-03-31T08:00:00+09:00')).toBe(Date.UTC(2021, 2, 30, 23));
  });

  it('says nothing to anything else', () => {
    for (const text of [
      '',
      '2021',
      'yesterday',
      '2021-13-01',
      '2024-02-30',
      '2023-02-29T08:00',
      '2021-03-31 08:00',
      '1617148800000',
    ])
      expect(parseAsOf(text), text).toBeNull();
  });

  it('writes what a date control takes', () => {
    expect(localMinute(Date.UTC(2021, 2, 31))).toBe('2021-03-31T08:00');
    expect(parseAsOf(localMinute(Date.UTC(2020, 6, 31, 16)))).toBe(Date.UTC(2020, 6, 31, 16));
  });
});
