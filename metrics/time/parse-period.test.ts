import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Freq } from '@/metrics/model/cell';
import { formatPeriod, periodLabelAt, periodLabelZh } from './label';
import { excelSerialDay, parsePeriod } from './parse-period';
import { periodOf, periodStart } from './period';
import { instantOf } from './zone';

/** SDMX text and basis of a reading: two independent spellings of one period must meet here. */
function read(text: string): string | null {
  const parsed = parsePeriod(text);
  return parsed && `${formatPeriod(parsed.freq, parsed.startMs)}${parsed.basis ? ` ${parsed.basis}` : ''}`;
}

describe('parsePeriod', () => {
  it.each([
    ['2024', '2024'],
    ['2024年', '2024'],
    ['2024年度', '2024'],
    ['2024年末', '2024 point'],
    ['2024-Q1', '2024-Q1'],
    ['2024Q3', '2024-Q3'],
    ['2024年一季度', '2024-Q1'],
    ['2024年第2季度', '2024-Q2'],
    ['2024年上半年', '2024-Q2 ytd'],
    ['2024年前三季度', '2024-Q3 ytd'],
    ['2023-Q1~Q3', '2023-Q3 ytd'],
    ['2024-03', '2024-03'],
    ['2024.1', '2024-01'],
    ['2024.10', '2024-10'],
    ['2024年3月', '2024-03'],
    [' 2024 年 3 月 ', '2024-03'],
    ['2024年3月份', '2024-03'],
    ['2024年6月末', '2024-06 point'],
    ['202403', '2024-03'],
    ['2024-M03', '2024-03'],
    ['2024年1-2月', '2024-02 ytd'],
    ['2024年1—2月', '2024-02 ytd'],
    ['2024年1至8月', '2024-08 ytd'],
    ['２０２４年１－２月', '2024-02 ytd'],
    ['2024年1月-2月', '2024-02 ytd'],
    ['2024年1-2月份', '2024-02 ytd'],
    ['2024年1-5月累计', '2024-05 ytd'],
    ['2024年5月累计', '2024-05 ytd'],
    ['2024年1月至8月', '2024-08 ytd'],
    ['2023-01~08', '2023-08 ytd'],
    ['2023-01~12', '2023-12 ytd'],
    ['2024-03-05', '2024-03-05'],
    ['2024/3/5', '2024-03-05'],
    ['2024.3.5', '2024-03-05'],
    ['20240305', '2024-03-05'],
    ['2024年3月5日', '2024-03-05'],
    ['24/1/5', '2024-01-05'],
    ['2024-03-05T08', '2024-03-05T08'],
    ['2024年3月5日 08时', '2024-03-05T08'],
    ['2024年3月5日8时', '2024-03-05T08'],
    ['2024-03-05 08:15', '2024-03-05T08:15'],
    ['2024-03-05 08:15:00', '2024-03-05T08:15'],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    '',
    'abc',
    '2024年下半年',
    '2024年3-5月',
    '2024-03~05',
    '2024-13',
    '2024.13',
    '2023-02-29',
    '2024-Q5',
    '2024年1-13月',
    '1948',
    '2101-01',
    '45292',
    '2024-03/05',
    '2024-03-05T24',
  ])('names no period: %s', (text) => {
    expect(parsePeriod(text)).toBeNull();
  });

  it('reads Excel serials only when asked to', () => {
    expect(excelSerialDay(45292)).toEqual({ freq: 'D', startMs: instantOf(2024, 1, 1) });
    expect(excelSerialDay(45292.5)).toBeNull();
    expect(excelSerialDay(1)).toBeNull();
  });

  it('reads back every SDMX text we write', () => {
    const freqs: Freq[] = ['A', 'Q', 'M', 'D', 'H', 'N'];
    fc.assert(
      fc.property(
        fc.constantFrom(...freqs),
        fc.integer({ min: instantOf(1992), max: instantOf(2100, 12, 31) }),
        (freq, ms) => {
          const startMs = periodStart(freq, ms);
          expect(parsePeriod(formatPeriod(freq, startMs))).toEqual({ freq, startMs });
        },
      ),
    );
  });
});

describe('periodLabelZh', () => {
  const month = (m: number) => periodOf('M', { year: 2024, month: m });
  const quarter = (q: number) => periodOf('Q', { year: 2024, quarter: q });
  it('names periods as bulletins do', () => {
    expect(periodLabelZh('A', periodOf('A', { year: 2024 }), 'period')).toBe('2024年');
    expect(periodLabelZh('A', periodOf('A', { year: 2024 }), 'point')).toBe('2024年末');
    expect(periodLabelZh('Q', quarter(1), 'period')).toBe('2024年一季度');
    expect(periodLabelZh('Q', quarter(1), 'ytd')).toBe('2024年一季度');
    expect(periodLabelZh('Q', quarter(2), 'ytd')).toBe('2024年上半年');
    expect(periodLabelZh('Q', quarter(3), 'ytd')).toBe('2024年前三季度');
    expect(periodLabelZh('Q', quarter(4), 'ytd')).toBe('2024年全年');
    expect(periodLabelZh('M', month(2), 'ytd')).toBe('2024年1-2月');
    expect(periodLabelZh('M', month(1), 'ytd')).toBe('2024年1月');
    expect(periodLabelZh('M', month(3), 'period')).toBe('2024年3月');
    expect(periodLabelZh('M', month(3), 'point')).toBe('2024年3月末');
    const hour = periodOf('H', { year: 2024, month: 3, day: 5, hour: 8 });
    expect(periodLabelZh('D', hour)).toBe('2024年3月5日');
    expect(periodLabelZh('H', hour)).toBe('3月5日 08时');
    expect(periodLabelZh('N', hour)).toBe('3月5日 08:00');
  });
});

describe('periodLabelAt', () => {
  const NOW = Date.parse('2026-11-23T12:00:00+08:00');
  const at = (freq: 'A' | 'Q' | 'M' | 'D' | 'H', parts: Parameters<typeof periodOf>[1], basis = 'period') =>
    periodLabelAt(freq, periodOf(freq, parts), basis, NOW);

  it('says 至今 of what has not ended, and names no end that has not come', () => {
    expect(at('M', { year: 2026, month: 11 })).toBe('2026年11月至今');
    expect(at('M', { year: 2026, month: 11 }, 'ytd')).toBe('2026年1-11月至今');
    expect(at('M', { year: 2026, month: 11 }, 'point')).toBe('2026年11月至今');
    expect(at('A', { year: 2026 }, 'point')).toBe('2026年至今');
    expect(at('Q', { year: 2026, quarter: 4 }, 'ytd')).toBe('2026年至今');
    expect(at('D', { year: 2026, month: 11, day: 23 })).toBe('2026年11月23日至今');
    expect(at('H', { year: 2026, month: 11, day: 23, hour: 12 })).toBe('11月23日 12时');
  });

  it('says of a day since January how far it goes', () => {
    expect(at('D', { year: 2026, month: 11, day: 22 }, 'ytd')).toBe('2026年累计至11月22日');
    expect(at('D', { year: 2026, month: 11, day: 23 }, 'ytd')).toBe('2026年累计至11月23日');
    expect(at('M', { year: 2026, month: 10 }, 'ytd')).toBe('2026年1-10月');
    expect(at('A', { year: 2025 }, 'point')).toBe('2025年末');
  });
});
