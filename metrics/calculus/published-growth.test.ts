import { describe, expect, it } from 'vitest';
import { growthStands } from './published-growth';

const said = (vintageMs: number, source = '省统计局') => ({ vintageMs, source });

describe('growth as published', () => {
  it('stands with the levels of its batch and older ones, not with one that was revised since', () => {
    expect(growthStands(said(5), [said(5), said(2)])).toBe(true);
    expect(growthStands(said(5), [said(6), said(2)])).toBe(false);
    expect(growthStands(said(5), [said(5), said(7)])).toBe(false);
    expect(growthStands(said(5), [undefined, undefined])).toBe(true);
  });

  it('is not made stale by a level that was computed here', () => {
    expect(growthStands(said(5), [said(9, 'hotline_ticket'), said(9, 'deduced')])).toBe(true);
  });
});
