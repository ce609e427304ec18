import { describe, expect, it } from 'vitest';
import { arrivalOf } from './arrival';

const texts = (freshness: 'fresh' | 'stale' | 'undated' | 'empty', overdue: number, late: number) =>
  arrivalOf({ freshness, releases: { overdue, late } }).map(({ text }) => text);

describe('how a dataset comes in', () => {
  it('is 按期 only while the release calendar misses nothing of it and rows keep coming', () => {
    expect(texts('fresh', 0, 0)).toEqual(['按期']);
    expect(texts('fresh', 36, 0)).toEqual(['逾期未报 36 项']);
    expect(texts('fresh', 0, 2)).toEqual(['迟 2 项']);
    expect(texts('stale', 1, 2)).toEqual(['逾期未报 1 项', '久无新数据', '迟 2 项']);
  });

  it('of a dataset without rows is that there are none', () => {
    expect(texts('empty', 0, 0)).toEqual(['无数据']);
  });

  it('of rows none of which has a business time is neither that there are none nor 按期', () => {
    expect(texts('undated', 0, 0)).toEqual(['有数据,尚无业务时间']);
    expect(texts('undated', 2, 0)).toEqual(['逾期未报 2 项', '有数据,尚无业务时间']);
  });
});
