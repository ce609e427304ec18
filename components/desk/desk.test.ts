import { describe, expect, it } from 'vitest';
import { matchingDomains } from '@/components/desk/filter-metrics';
import { metricInput } from '@/components/desk/metric-input';
import { sortRows } from '@/components/desk/sort-rows';
import type { MetricList, RegionRow } from '@/server/services/desk/types';

const row = (code: number, rank: number | null, value: string | null, change: string | null = null) =>
  ({ region: { code }, rank, figure: { value }, change: { value: change }, share: null }) as RegionRow;
const codes = (rows: RegionRow[]) => rows.map(({ region }) => region.code);

describe('sorting regions', () => {
  // As the server sends them: by rank, missing last.
  const rows = [row(2, 1, '30', '-1'), row(1, 2, '20'), row(4, 3, '9', '5'), row(3, null, null)];

  it('sorts by number, not by text, and keeps what is missing at the end either way', () => {
    expect(codes(sortRows(rows, { key: 'value', descending: true }))).toEqual([2, 1, 4, 3]);
    expect(codes(sortRows(rows, { key: 'value', descending: false }))).toEqual([4, 1, 2, 3]);
    expect(codes(sortRows(rows, { key: 'change', descending: true })).slice(0, 2)).toEqual([4, 2]);
    expect(codes(sortRows(rows, { key: 'rank', descending: true }))).toEqual([4, 1, 2, 3]);
    expect(codes(sortRows(rows, { key: 'name', descending: false }))).toEqual([1, 2, 3, 4]);
  });
});

describe('the address of a metric page', () => {
  const read = (query: string) => {
    const params = new URLSearchParams(query);
    return metricInput('gdp', (name) => params.get(name));
  };

  it('reads what is meant and leaves out what cannot be', () => {
    expect(read('region=140100&freq=A&basis=period&slice=a%3D1&period=2020&asOf=2021-03-31')).toEqual({
      code: 'gdp',
      region: 140100,
      freq: 'A',
      basis: 'period',
      slice: 'a=1',
      period: '2020',
      asOf: '2021-03-31',
    });
    expect(read('region=14&freq=W&basis=')).toEqual({ code: 'gdp' });
  });
});

describe('searching metrics', () => {
  const metric = (code: string, name: string, state: string, owner = '省统计局') => ({
    code,
    name,
    nameEn: '',
    owner,
    domainTitle: '宏观经济',
    state,
  });
  const list = {
    domains: [
      {
        code: 'economy',
        metrics: [metric('gdp', '地区生产总值', 'present'), metric('exports', '出口总额', 'awaiting')],
      },
      { code: 'energy', metrics: [metric('coal_output', '规上原煤产量', 'present', '省能源局')] },
    ],
  } as unknown as MetricList;
  const found = (text: string, state: Parameters<typeof matchingDomains>[2] = 'all') =>
    matchingDomains(list, text, state).flatMap(({ metrics }) => metrics.map(({ code }) => code));

  it('needs every word, in any of name, code and owner, and drops empty domains', () => {
    expect(found('GDP')).toEqual(['gdp']);
    expect(found('产 能源局')).toEqual(['coal_output']);
    expect(found('总')).toEqual(['gdp', 'exports']);
    expect(found('总', 'awaiting')).toEqual(['exports']);
    expect(matchingDomains(list, 'coal', 'all').map(({ code }) => code)).toEqual(['energy']);
  });
});
