import { describe, expect, it } from 'vitest';
import { sample } from '@/metrics/testing/definitions';
import { growthRatio } from './growth-ratio';
import { ofOrigins } from './of-origins';
import { ofSides } from './of-sides';
import { yoy } from './yoy';

const pm25 = sample.aggregated({ dataset: 'air_quality_hour', published_basis: 'sand_adjusted' });
const of = (source: string, ...flags: string[]) => ({ source, flags, vintageMs: 1 });
const published = of('省生态环境厅');
const computed = of('air_quality_hour');
const REFUSED = {
  value: null,
  text: '口径不同,不可比(发布数已扣除沙尘影响)',
  flags: ['not_comparable'],
};
// 47.2 out of rows that keep the sand, after 36 as published without it.
const made = growthRatio({ current: '47.2', base: '36' });

describe('a comparison of a published value with one out of rows (calculus.md §16)', () => {
  it('is refused either way round where publishers count otherwise, and says why', () => {
    expect(ofOrigins(pm25, made, computed, published)).toMatchObject(REFUSED);
    expect(ofOrigins(pm25, made, published, computed)).toMatchObject(REFUSED);
    expect(ofSides(pm25, made, computed, published)).toMatchObject(REFUSED);
    for (const side of [published, computed]) expect(ofOrigins(pm25, made, side, side)).toBe(made);
  });

  it('is none of the matter where they count as rows do', () => {
    expect(ofOrigins(sample.aggregated({ dataset: 'air_quality_hour' }), made, computed, published)).toBe(
      made,
    );
  });

  it('takes what is made of cells by what it says of them', () => {
    const whole = of('rollup', 'of_published');
    expect(ofOrigins(pm25, made, whole, published)).toBe(made);
    expect(ofOrigins(pm25, made, computed, whole)).toMatchObject(REFUSED);
    expect(ofOrigins(pm25, made, of('rollup'), published)).toMatchObject(REFUSED);
  });

  it('keeps the mark of what is of both, and is made', () => {
    for (const side of [published, computed])
      expect(ofSides(pm25, made, of('rollup', 'mixed_origin'), side)).toMatchObject({
        value: made.value,
        flags: ['mixed_origin'],
      });
  });

  it('is that of the concentrations where a value was judged again under another edition', () => {
    const again = { ...computed, basis: 'std2026' };
    expect(ofOrigins(pm25, made, published, again)).toMatchObject({ value: null, flags: ['not_comparable'] });
    expect(ofOrigins(pm25, made, computed, again)).toBe(made);
    const said = { ...again, flags: ['of_published'] };
    expect(ofOrigins(pm25, made, published, said)).toBe(made);
    expect(ofSides(pm25, made, computed, { ...again, flags: ['mixed_origin'] }).flags).toEqual([
      'mixed_origin',
    ]);
  });

  it('leaves growth that somebody published, and falls back on it', () => {
    const sides = { rule: 'value_ratio', current: '47.2', base: '36', published: '2.1' } as const;
    const said = yoy({ ...sides, preferPublished: true });
    expect(ofOrigins(pm25, said, computed, published)).toBe(said);
    expect(ofOrigins(pm25, yoy(sides), computed, published)).toMatchObject({
      value: '2.1',
      basis: 'published',
      flags: [],
    });
  });

  it('leaves what lacks an operand to say so', () => {
    const lacking = growthRatio({ current: '47.2', base: null });
    expect(ofOrigins(pm25, lacking, computed, published)).toBe(lacking);
  });
});
