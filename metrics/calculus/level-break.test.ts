import { describe, expect, it } from 'vitest';
import { contradictsGrowth } from './level-break';

describe('a break between levels', () => {
  it.each([
    // 25,494.69 / 25,698.18 − 1 = −0.8 % beside a published +2.3 %.
    ['25494.69', '25698.18', '2.3', true],
    // +0.2 % beside +5.0 %: prices fell, nothing contradicts.
    ['25698.18', '25642.59', '5.0', false],
    // +26.7 % beside +9.1 %: coal got dearer.
    ['22590.16', '17835.6', '9.1', false],
    ['101', '100', '-1.5', true],
    // As displayed −0.04 % is 0.0.
    ['9996', '10000', '0.3', false],
    ['90', '100', '0.0', false],
    ['90', '100', null, false],
    ['90', null, '2.3', false],
    [null, '100', '2.3', false],
  ])('%s after %s beside a published growth of %s: %s', (current, base, published, broken) => {
    expect(contradictsGrowth(current, base, published)).toBe(broken);
  });
});
