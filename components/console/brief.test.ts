import { describe, expect, it } from 'vitest';
import { briefly } from './brief';

const names = (n: number) => Array.from({ length: n }, (_, i) => `列${i + 1}`);
const quoted = (n: number) =>
  names(n)
    .map((name) => `“${name}”`)
    .join('、');

describe('a reason in a list', () => {
  it('names the first columns and how many there are', () => {
    const whole = `缺少列 “station_id”(是否为“列1”)、“data_ts”;不认识的表头 ${quoted(40)}(请映射或列入 skip);文件的表头是 ${names(40).join('、')}`;
    expect(briefly(whole)).toBe(
      '缺少列 “station_id”(是否为“列1”)、“data_ts”;不认识的表头 “列1”、“列2”、“列3” 等 40 列',
    );
  });

  it('counts the columns that the reason itself left out', () => {
    const whole = `不认识的表头 ${quoted(60)} 等 100000 个(请映射或列入 skip);文件的表头是 ${names(60).join('、')} 等 100001 个`;
    expect(briefly(whole)).toBe('不认识的表头 “列1”、“列2”、“列3” 等 100000 列');
  });

  it('leaves a short one as it is, and cuts any other long one', () => {
    expect(briefly('文件只有表头,没有数据行')).toBe('文件只有表头,没有数据行');
    expect(briefly('不认识的表头 “a”(请映射或列入 skip);文件的表头是 a、b')).toBe(
      '不认识的表头 “a”(请映射或列入 skip)',
    );
    expect(briefly('坏'.repeat(500))).toBe(`${'坏'.repeat(160)}…`);
  });
});
