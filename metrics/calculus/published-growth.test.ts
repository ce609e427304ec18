import { describe, expect, it } from 'vitest';
import { sample } from '@/metrics/testing/definitions';
import { growthStands } from './published-growth';

const said = (vintageMs: number, source = '省统计局') => ({ vintageMs, source });
const tickets = sample.aggregated({ dataset: 'hotline_ticket' });

describe('growth as published', () => {
  it('stands with the levels of its batch and older ones, not with one that was revised since', () => {
    expect(growthStands(tickets, said(5), [said(5), said(2)])).toBe(true);
    expect(growthStands(tickets, said(5), [said(6), said(2)])).toBe(false);
    expect(growthStands(tickets, said(5), [said(5), said(7)])).toBe(false);
    expect(growthStands(tickets, said(5), [undefined, undefined])).toBe(true);
  });

  it('stands with a level that was told again with the same value', () => {
    const toldAgain = { ...said(9), valueSinceMs: 5 };
    expect(growthStands(tickets, said(5), [toldAgain, said(2)])).toBe(true);
    expect(growthStands(tickets, said(4), [toldAgain, said(2)])).toBe(false);
  });

  it('is not made stale by a level that was computed here', () => {
    expect(growthStands(tickets, said(5), [said(9, 'hotline_ticket'), said(9, 'deduced')])).toBe(true);
  });

  it('is not made stale by a percentile that was computed from the rows of its operand', () => {
    const percentile = sample.derived({});
    expect(growthStands(percentile, said(5), [said(9, 'air_quality_hour')])).toBe(true);
    expect(growthStands(percentile, said(5), [said(9, '省生态环境厅')])).toBe(false);
  });

  it('is made stale by any publisher, also one that is cited in a word of lower case', () => {
    expect(growthStands(tickets, said(5), [said(9, 'stats_yearbook')])).toBe(false);
    expect(growthStands(sample.reported({}), said(5), [said(9, 'hotline_ticket')])).toBe(false);
  });
});
