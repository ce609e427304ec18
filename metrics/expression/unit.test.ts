import { describe, expect, it } from 'vitest';
import { compatibleBases, parseUnit, sameBases, unitText } from './unit';

describe('units of official statistics', () => {
  it.each([
    ['亿元', 1e8, { 元: 1 }],
    ['万吨标准煤', 1e4, { 吨标准煤: 1 }],
    ['μg/m³', 1e-6, { 克: 1, 立方米: -1 }],
    ['元/人·月', 1, { 元: 1, 人: -1, 月: -1 }],
    ['人/百万吨', 1e-12, { 人: 1, 克: -1 }],
    ['1/10万', 1e-5, {}],
    ['户/千人', 1e-3, { 户: 1, 人: -1 }],
    ['%', 0.01, {}],
    ['人/人', 1, {}],
    ['万千瓦', 1e4, { 千瓦: 1 }],
    ['亿千瓦时', 1e8, { 千瓦时: 1 }],
  ])('%s', (text, factor, bases) => {
    const unit = parseUnit(text);
    expect(unit?.factor).toBeCloseTo(factor, 12);
    expect(unit?.bases).toEqual(bases);
  });

  it('knows power from energy, which may not be added', () => {
    const [power, energy] = [parseUnit('万千瓦'), parseUnit('亿千瓦时')];
    expect(power && energy && sameBases(power, energy)).toBe(false);
  });

  it('lets a ratio of countables be shown as a multiple, but not money as one', () => {
    const [perHead, times, perYuan] = [parseUnit('户/千人'), parseUnit('倍'), parseUnit('元/人')];
    expect(perHead && times && compatibleBases(perHead, times)).toBe(true);
    expect(perYuan && times && compatibleBases(perYuan, times)).toBe(false);
  });

  it('does not guess an unknown unit', () => {
    expect(parseUnit('斤')).toBeUndefined();
    expect(parseUnit('')).toBeUndefined();
    expect(parseUnit('constructor')).toBeUndefined();
  });

  it('writes a unit for people', () => {
    const unit = parseUnit('元/人·月');
    expect(unit && unitText(unit)).toBe('元/人·月');
  });
});
