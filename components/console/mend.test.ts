import { describe, expect, it } from 'vitest';
import { changedRows, type Edits, headersOf, mendCsv, withEdit } from './mend';

const rows = [
  { row: 3, cells: cells({ 站点: 'a', 时间: '2026-13-01 00:00', _reason: '时间不对' }) },
  { row: 9, cells: cells({ 站点: 'b,1', 时间: '2026-11-01 00:00', pm25: '-999' }) },
];

function cells(record: Record<string, string>) {
  return Object.entries(record).map(([header, text]) => ({ header, text }));
}

const edits: Edits = withEdit(new Map(), 3, '时间', '2026-12-01 00:00');

describe('mending rejected rows in the page', () => {
  it('sends whole rows under their own headers, with no note but the number of the row', () => {
    expect(headersOf(rows)).toEqual(['站点', '时间', 'pm25']);
    expect(mendCsv(rows, edits)).toBe(
      '站点,时间,pm25,_row\na,2026-12-01 00:00,,3\n"b,1",2026-11-01 00:00,-999,9\n',
    );
  });

  it('counts a row as changed only while it differs from what was rejected', () => {
    expect(changedRows(rows, edits).map(({ row }) => row)).toEqual([3]);
    expect(changedRows(rows, withEdit(edits, 3, '时间', '2026-13-01 00:00'))).toEqual([]);
  });

  it('keeps earlier edits of the same row', () => {
    const both = withEdit(edits, 3, '站点', 'c');
    expect(mendCsv(rows.slice(0, 1), both)).toBe('站点,时间,_row\nc,2026-12-01 00:00,3\n');
  });
});
