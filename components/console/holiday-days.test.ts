import { expect, it } from 'vitest';
import { stretchesZh } from './holiday-days';

it('joins days that follow each other, also over the end of a month', () => {
  expect(
    stretchesZh(['2026-01-01', '2026-01-02', '2026-01-03', '2026-04-30', '2026-05-01', '2026-06-19']),
  ).toBe('1月1日–3日、4月30日–5月1日、6月19日');
  expect(stretchesZh([])).toBe('');
});
