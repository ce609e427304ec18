import { expect, it } from 'vitest';
import { nameAt } from './metric-name';

it('says of what an index is 100 at the frequency of the figure', () => {
  const name = '工业生产者出厂价格指数(上年同月=100)';
  const at = (freq: 'A' | 'Q' | 'M', basis = 'period') => nameAt({ name }, { freq, basis });
  expect(at('M')).toBe(name);
  expect(at('A')).toBe('工业生产者出厂价格指数(上年=100)');
  expect(at('Q')).toBe('工业生产者出厂价格指数(上年同季=100)');
  expect(at('M', 'ytd')).toBe('工业生产者出厂价格指数(上年同期=100)');
  // A name that speaks of no month is the same at every frequency.
  expect(nameAt({ name: '地区生产总值' }, { freq: 'A', basis: 'period' })).toBe('地区生产总值');
});
