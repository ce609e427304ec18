import { describe, expect, it } from 'vitest';
import { publicObservation } from '@/server/services/observations/present';

describe('an observation for other systems', () => {
  it('says in words that a figure was recalled, and leaves a citation alone', () => {
    const source = (text: string) =>
      publicObservation({
        metric: 'gdp',
        freq: 'A',
        region: 140000,
        slice: '',
        basis: 'period',
        measure: 'level',
        periodMs: Date.parse('2024-01-01T00:00:00+08:00'),
        vintageMs: 0,
        value: '1',
        numerator: null,
        denominator: null,
        sampleCount: 1,
        status: 'prelim',
        flags: [],
        source: text,
        runId: 'r',
        definitionVersion: 1,
      }).source;
    expect(source('from memory')).toBe('凭记忆录入,未核到出处');
    expect(source('省统计局公报')).toBe('省统计局公报');
  });
});
