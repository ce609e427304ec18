import { describe, expect, it } from 'vitest';
import { instantOfAddress } from './as-of-address';

const NOW = Date.parse('2026-11-23T12:00:00+08:00');

describe('the instant of a wall’s address', () => {
  it('pins the past, on China’s clock', () => {
    expect(instantOfAddress('2020-08-01T00:00', NOW)).toEqual({
      asOfMs: Date.parse('2020-07-31T16:00:00Z'),
      problem: null,
    });
    expect(instantOfAddress(undefined, NOW)).toEqual({ asOfMs: undefined, problem: null });
  });

  it('shows now for what it cannot follow, and says so', () => {
    expect(instantOfAddress('昨天', NOW).problem).toContain('昨天');
    expect(instantOfAddress('2027-01-01', NOW)).toMatchObject({
      asOfMs: undefined,
      problem: '2027-01-01 还没有到,画面为实时',
    });
    expect(instantOfAddress('2026-11-23T12:01', NOW).problem).not.toBeNull();
    expect(instantOfAddress('2026-11-23', NOW)).toEqual({ asOfMs: undefined, problem: null });
  });
});
