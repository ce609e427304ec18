import { describe, expect, it } from 'vitest';
import { whereElse } from './where-else';

describe('a metric that has values, but none to show', () => {
  it('says at which levels they are', () => {
    expect(whereElse({ levels: ['city'], wholeLevels: ['city'] }, 'province')).toBe('仅市级有数');
    expect(whereElse({ levels: ['county', 'city'], wholeLevels: [] }, 'province')).toBe('仅市级、县级有数');
  });

  it('says that they are of parts, or old, where the level itself has them', () => {
    expect(whereElse({ levels: ['province'], wholeLevels: [] }, 'province')).toMatch(/^仅有分组数或增速/);
    expect(whereElse({ levels: ['province'], wholeLevels: ['province'] }, 'province')).toMatch(/^近期无数/);
  });
});
