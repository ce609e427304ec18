import { describe, expect, it } from 'vitest';
import { placeZh } from './place';

describe('the place of a refused upload', () => {
  it('is said in Chinese, and a column by its own name', () => {
    expect(['row 11', 'header', 'mapping', 'region_code'].map(placeZh)).toEqual([
      '第 11 行',
      '表头',
      '列映射',
      'region_code',
    ]);
  });
});
