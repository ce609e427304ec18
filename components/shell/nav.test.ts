import { describe, expect, it } from 'vitest';
import { isCurrent, navFor, navItemOf, rolesFor } from './nav';

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

  it('knows the entry of a page and who can open it', () => {
    const holders = {
      'token:read': ['管理员'],
      'device:read': ['管理员', '运维员'],
      'user:read': ['管理员'],
    };
    const tokens = navItemOf('/console/tokens');
    expect(tokens && rolesFor(tokens, holders)).toEqual(['管理员', '运维员']);
    expect(navItemOf('/console/users/u1')?.title).toBe('用户');
    expect(navItemOf('/console')?.title).toBe('运行概况');
    expect(navItemOf('/console/nope')).toBeUndefined();
  });

  it('marks one page as current, also below it', () => {
    expect(isCurrent('/console/loads/abc', '/console/loads')).toBe(true);
    expect(isCurrent('/console/loads', '/console')).toBe(false);
    expect(isCurrent('/console/loadsx', '/console/loads')).toBe(false);
  });
});
