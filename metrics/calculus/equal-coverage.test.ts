import { describe, expect, it } from 'vitest';
import { ofEqualCoverage } from './equal-coverage';
import { yoy } from './yoy';

const whole = { flags: ['demo'] };
const part = { flags: ['partial'] };
/** 76.2 % of a whole year so far against 87.3 % of its last 35 days. */
const rate = yoy({ rule: 'pp_diff', current: '76.2', base: '87.3' });

describe('a whole period and an incomplete one (calculus.md §15)', () => {
  it('are not compared, and the words say which is incomplete', () => {
    expect(ofEqualCoverage(rate, whole, part)).toMatchObject({
      value: null,
      text: '基期数据不完整,不可比',
      flags: ['partial'],
    });
    expect(ofEqualCoverage(rate, part, whole)).toMatchObject({ value: null, text: '本期数据不完整,不可比' });
  });

  it('are compared where both are whole, not where nobody knows that both lack the same', () => {
    expect(ofEqualCoverage(rate, whole, whole)).toBe(rate);
    expect(ofEqualCoverage(rate, part, part)).toMatchObject({ value: null, text: '两期数据都不完整,不可比' });
  });

  it('are compared where a rate lacks but a few counties (§13)', () => {
    const nearly = { flags: ['nearly_whole'] };
    expect(ofEqualCoverage(rate, nearly, whole)).toBe(rate);
    expect(ofEqualCoverage(rate, whole, nearly)).toBe(rate);
    expect(ofEqualCoverage(rate, nearly, part)).toMatchObject({ value: null, text: '基期数据不完整,不可比' });
  });

  it('are not compared either where the incomplete base is 0: it is not known to be', () => {
    const ofZero = yoy({ rule: 'value_ratio', current: '5', base: '0' });
    expect(ofZero.text).toBe('上年同期为0');
    expect(ofEqualCoverage(ofZero, whole, part)).toMatchObject({ text: '基期数据不完整,不可比' });
    const lacking = yoy({ rule: 'value_ratio', current: '5', base: null });
    expect(ofEqualCoverage(lacking, whole, part)).toBe(lacking);
  });

  it('do not concern an index, which is read against 100 and not against the period a year before', () => {
    const index = yoy({ rule: 'index_minus_100', current: '102.3', base: '101.8' });
    expect(ofEqualCoverage(index, whole, part)).toBe(index);
    expect(index.value).toBe('2.3');
  });

  it('are not compared where they are parts of the province by different cities, or by nobody knows which', () => {
    const of = (...parts: number[]) => ({ ...part, region: 140000, parts });
    expect(ofEqualCoverage(rate, of(140100, 140200), of(140200, 140100))).toBe(rate);
    expect(ofEqualCoverage(rate, of(140100, 140200), of(140100, 140300))).toMatchObject({
      value: null,
      text: '两期有数的市不同,不可比',
      flags: ['partial'],
    });
    expect(ofEqualCoverage(rate, { ...part, region: 140000 }, of(140100))).toMatchObject({ value: null });
    const city = { ...part, region: 140100 };
    expect(ofEqualCoverage(rate, city, city)).toMatchObject({ value: null });
  });

  it('do not touch what was published', () => {
    const published = yoy({
      rule: 'value_ratio',
      current: '1',
      base: '2',
      published: '3.1',
      preferPublished: true,
    });
    expect(ofEqualCoverage(published, whole, part)).toBe(published);
  });
});
