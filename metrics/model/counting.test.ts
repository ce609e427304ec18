import { describe, expect, it } from 'vitest';
import { sample } from '@/metrics/testing/definitions';
import { countsAlike } from './counting';

const judgedBy = (by: string[]) => ({
  freq: 'D',
  slices: ['topic', 'channel'],
  thresholds: {
    text: 'ears',
    sets: [
      {
        ...{ source: 'default', measure: 'ears', by },
        rules: [{ type: 'equals', colour: 'yellow', equals: ['C1'] }],
      },
    ],
  },
});

describe('whether two versions count the same', () => {
  it('is not decided by words, display or what a value is judged by', () => {
    const other = { definition: '另写', story: '另写', precision: 2, owner: '省统计局', note: '另写' };
    expect(countsAlike(sample.aggregated(), sample.aggregated(other))).toBe(true);
    const limit = (value: number) => ({
      thresholds: {
        text: 'x',
        sets: [
          {
            ...{ source: 'default', measure: 'value' },
            rules: [{ type: 'compare', colour: 'red', op: 'lt', limit: value }],
          },
        ],
      },
    });
    expect(countsAlike(sample.aggregated(limit(1)), sample.aggregated(limit(2)))).toBe(true);
  });

  it('is not decided by a mark', () => {
    expect(countsAlike(sample.derived(), sample.derived({ approximate: true }))).toBe(true);
    const rate = { published_basis: 'sand_adjusted' };
    expect(countsAlike(sample.aggregated(), sample.aggregated(rate))).toBe(true);
  });

  it.each([
    ['rows', { where: 'valid = 1' }],
    ['unit', { unit: '万件' }],
    ['slices', { slices: ['topic'] }],
    ['rule of growth, which formulas read', { yoy: 'abs_diff' }],
    ['factor', { factor: 100 }],
  ])('is decided by its %s', (_, change) => {
    expect(countsAlike(sample.aggregated(), sample.aggregated(change))).toBe(false);
  });

  it('is decided by the units it is judged by, whose days are cells', () => {
    const [topics, channels] = [judgedBy(['county', 'topic']), judgedBy(['county', 'channel'])];
    expect(countsAlike(sample.aggregated(topics), sample.aggregated(topics))).toBe(true);
    expect(countsAlike(sample.aggregated(topics), sample.aggregated(channels))).toBe(false);
  });
});
