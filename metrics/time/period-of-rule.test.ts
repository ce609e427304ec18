import { expect, it } from 'vitest';
import { sample } from '@/metrics/testing/definitions';
import { isWholeAt, periodName, periodNameAt } from './period-of-rule';
import { instantOf } from './zone';

const year = { freq: 'A', basis: 'period', periodMs: instantOf(2026) } as const;
const december = instantOf(2026, 12, 15);
const harvest = sample.reported({
  freq: 'A',
  period_rule: 'Y',
  release: { lag: '12月中旬', rules: [{ type: 'in_year', month: 12, days: [11, 20] }] },
});
const pupils = sample.reported({
  freq: 'A',
  period_rule: 'SY',
  accumulation: 'stock',
  release: { lag: '学年初报表(11月)', rules: [{ type: 'in_year', month: 11 }] },
});

it('a year whose figure is published within it is whole with that figure; any other runs to its end', () => {
  expect(isWholeAt(harvest, year, december)).toBe(true);
  expect(periodNameAt(harvest, year, december)).toBe('2026年');
  expect(isWholeAt(sample.reported(), year, december)).toBe(false);
  expect(periodNameAt(sample.reported(), year, december)).toBe('2026年至今');
  // Only of the year: a month of the same metric is whole when it is over.
  expect(isWholeAt(harvest, { freq: 'M', periodMs: instantOf(2026, 12) }, december)).toBe(false);
});

it('pupils are counted at the beginning of the school year, not at the end of a year', () => {
  const point = { ...year, basis: 'point' };
  expect(periodName(pupils, point)).toBe('2026学年初');
  expect(periodNameAt(pupils, point, december)).toBe('2026学年初');
  expect(periodName(sample.reported({ accumulation: 'stock', period_rule: 'YE', freq: 'A' }), point)).toBe(
    '2026年末',
  );
});
