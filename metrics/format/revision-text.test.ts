import { describe, expect, it } from 'vitest';
import { revisionText, smallPercentText } from './revision-text';

describe('a revision as it is said', () => {
  it.each([
    // Shown 76.1 and 76.0; the change of 0.02 is neither 0.0 nor 0.1.
    ['76.06', '76.04', '−0.02', true],
    ['76.14', '76.26', '+0.12', true],
    ['93.6', '94.7', '+1.1', true],
    ['76.20', '76.23', '显示精度以下(+0.03)', false],
    // By 0.08, which alone would round to a tenth that nobody sees.
    ['76.14', '76.06', '显示精度以下(−0.08)', false],
    ['76.2', '76.2', '数值未变', false],
    ['76.2', '76.2004', '显示精度以下(+0.0004)', false],
    ['76.2', null, null, true],
    [null, null, null, false],
  ])('%s → %s: %s, seen: %s', (before, now, text, visible) => {
    expect(revisionText(before, now, { precision: 1 })).toEqual({ text, visible });
  });

  it('does not call a small percentage nothing', () => {
    // 76.04 / 76.06 − 1 = −0.026 %.
    expect(smallPercentText('-0.0262950')).toBe('−0.03%');
    expect(smallPercentText('1.0405')).toBe('+1.0%');
    expect(smallPercentText('0')).toBe('0.0%');
  });
});
