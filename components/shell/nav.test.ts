import { describe, expect, it } from 'vitest';
import { isCurrent, navFor } from './nav';

describe('console navigation', () => {
  it('shows only what the role can use, and no empty group', () => {
    const auditor = ['dataset:read', 'load:read', 'job:read', 'definition:read', 'audit:read'];
    expect(navFor(auditor).flatMap(({ items }) => items.map(({ href }) => href))).toEqual([
      '/console',
      '/console/datasets',
      '/console/loads',
      '/console/jobs',
      '/console/metrics',
      '/console/audit',
    ]);
    expect(navFor(['screen:read', 'metric:read'])).toEqual([]);
  });

  it('marks one page as current, also below it', () => {
    expect(isCurrent('/console/loads/abc', '/console/loads')).toBe(true);
    expect(isCurrent('/console/loads', '/console')).toBe(false);
    expect(isCurrent('/console/loadsx', '/console/loads')).toBe(false);
  });
});
