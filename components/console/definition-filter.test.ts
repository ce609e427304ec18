import { describe, expect, it } from 'vitest';
import { ALL, matching } from './definition-filter';

const row = (code: string, name: string, extra: object = {}) => ({
  code,
  name,
  nameEn: '',
  owner: '省统计局',
  domain: 'economy',
  kind: 'reported',
  state: 'present',
  ...extra,
});
const rows = [
  row('gdp_growth', 'GDP 增速'),
  row('gdp', '地区生产总值'),
  row('aqi', 'AQI', { domain: 'environment', kind: 'composite', owner: '省生态环境厅' }),
];
const filter = (over: object) => ({ text: '', domain: ALL, kind: ALL, state: ALL, ...over });

describe('finding a definition', () => {
  it('puts the exact code first', () => {
    expect(matching(rows, filter({ text: 'GDP' })).map(({ code }) => code)).toEqual(['gdp', 'gdp_growth']);
  });

  it('finds by department and narrows by every filter together', () => {
    expect(matching(rows, filter({ text: '生态' })).map(({ code }) => code)).toEqual(['aqi']);
    expect(matching(rows, filter({ kind: 'reported', domain: 'environment' }))).toEqual([]);
  });
});
