import { describe, expect, it } from 'vitest';
import { cellFacts, type KnownPart } from '@/metrics/testing/cell-facts';
import { sample } from '@/metrics/testing/definitions';
import { periodOf } from '@/metrics/time/period';
import { workings } from './list';

const NOW = Date.parse('2024-12-01T00:00:00+08:00');
const accounts = sample.reported({ yoy: 'published', mom: 'none', period_rule: 'QC' });
const quarter = (n: number) => periodOf('Q', { year: 2024, quarter: n });

function yoyOf(n: number, basis: string): { text: string; basis: string | null } | undefined {
  const parts = [1, 2].flatMap((q): KnownPart[] => [
    { value: '100', periodMs: quarter(q), flags: ['deduced'] },
    { value: '100', periodMs: quarter(q), basis: 'ytd' },
    { value: '1.2', periodMs: quarter(q), basis: 'ytd', measure: 'yoy' },
  ]);
  const facts = cellFacts(accounts, { freq: 'Q', basis, periodMs: quarter(n) }, parts, NOW);
  const found = workings(facts).find(({ key }) => key === 'yoy');
  return found && { text: found.text, basis: found.basis };
}

describe('published growth of 累计', () => {
  it('is that of the first quarter too, which is the same stretch, and of no other single quarter', () => {
    expect(yoyOf(1, 'ytd')).toEqual({ text: '+1.2%', basis: 'published' });
    expect(yoyOf(1, 'period')).toEqual({ text: '+1.2%', basis: 'published' });
    expect(yoyOf(2, 'ytd')?.text).toBe('+1.2%');
    expect(yoyOf(2, 'period')?.text).toBe('—');
  });
});
