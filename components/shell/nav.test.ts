import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CONSOLE_NAV, homePath, isCurrent, metricPath, navFor, navItemOf, otherFaces, rolesFor } from './nav';

const AUDITOR = ['dataset:read', 'load:read', 'job:read', 'definition:read', 'audit:read'];

describe('console navigation', () => {
  it('shows only what the role can use, and no empty group', () => {
    expect(navFor(AUDITOR).flatMap(({ items }) => items.map(({ href }) => href))).toEqual([
      '/console',
      '/console/datasets',
      '/console/loads',
      '/console/jobs',
      '/console/metrics',
      '/console/audit',
    ]);
    expect(navFor(['screen:read', 'metric:read'])).toEqual([]);
  });

  it('begins where the role has something: the wall, else its first page of the console', () => {
    expect(homePath(['screen:read', 'metric:read', 'dataset:read'])).toBe('/');
    expect(homePath(AUDITOR)).toBe('/console');
    expect(homePath(['audit:read'])).toBe('/console/audit');
  });

  it('has every page under the name by which the operators are told to look for it', () => {
    const readme = readFileSync('README.md', 'utf8');
    const named = [...readme.matchAll(/控制台“([^”]+)”/g)].map(([, name]) => name);
    const titles = CONSOLE_NAV.flatMap(({ items }) => items.map(({ title }) => title));
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => !titles.includes(name ?? ''))).toEqual([]);
  });

  it('leads from each face to every other one that the role has, and to none that would refuse it', () => {
    const leader = ['screen:read', 'metric:read'];
    expect(otherFaces('wall', leader)).toEqual([{ href: '/metric', title: '指标' }]);
    expect(otherFaces('desk', leader)).toEqual([{ href: '/', title: '大屏' }]);
    expect(otherFaces('wall', [...leader, 'dataset:read']).map(({ title }) => title)).toEqual([
      '指标',
      '控制台',
    ]);
    // An analyst has one page of the console: the link goes there, not to an overview that refuses.
    expect(otherFaces('desk', [...leader, 'calendar:read'])).toEqual([
      { href: '/', title: '大屏' },
      { href: '/console/calendar', title: '控制台' },
    ]);
    expect(otherFaces('console', AUDITOR)).toEqual([]);
  });

  it('leads to the values of a metric, for who may only read definitions to these', () => {
    expect(metricPath('gdp', ['metric:read', 'definition:read'])).toBe('/metric/gdp');
    expect(metricPath('gdp', AUDITOR)).toBe('/console/metrics/gdp');
    expect(metricPath('gdp', ['calendar:read'])).toBeNull();
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
