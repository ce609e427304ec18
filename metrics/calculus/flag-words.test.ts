import { describe, expect, it } from 'vitest';
import { type CellFlag, flagZh } from './flag-words';
import { FLAG_ZH } from './result';

/** Every word of a flag that we write is Chinese: what derivation and functions write is held to it by its type. */
describe('flags in words', () => {
  // Lists every member of the union: the compiler refuses it when one is added or lost.
  const stored: Readonly<
    Record<Exclude<CellFlag, keyof typeof FLAG_ZH | `main_pollutants:${string}`>, true>
  > = {
    demo: true,
    vintage_assumed: true,
    weekday_calendar: true,
    insufficient: true,
    of_published: true,
    stock_replaced: true,
    recalled: true,
    confidence_low: true,
    confidence_medium: true,
  };

  it.each([...Object.keys(FLAG_ZH), ...Object.keys(stored)])('%s', (flag) => {
    expect(flagZh(flag)).toMatch(/\p{Script=Han}/u);
  });

  it('say what is not known as it is, and name pollutants', () => {
    expect(flagZh('of_a_publisher')).toBe('of_a_publisher');
    expect(flagZh('main_pollutants:nh3n=0.2,do=')).toBe('主要污染指标:氨氮(0.20)、溶解氧');
  });
});
