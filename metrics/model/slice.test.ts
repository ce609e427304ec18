import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '@/tests/support/hostile-texts';
import { formatSlice, parseSlice } from './slice';

const dim = fc.stringMatching(/^[a-z][a-z0-9_]{0,12}$/);
/** Texts that a store can hold: no NUL and no half of a character. */
const value = fc.string({ unit: 'binary' }).filter((text) => !/[\0\p{Cs}]/u.test(text));

describe('the canonical text of a slice', () => {
  it('says the same dimensions and values again, whatever order and characters', () => {
    fc.assert(
      fc.property(fc.dictionary(dim, fc.oneof(value, fc.constantFrom(...HOSTILE_TEXTS))), (dims) => {
        const text = formatSlice(dims);
        expect(parseSlice(text)).toEqual({ ...dims });
        expect(formatSlice(Object.fromEntries(Object.entries(dims).reverse()))).toBe(text);
      }),
    );
  });

  it('differs where the slices differ', () => {
    fc.assert(
      fc.property(fc.tuple(value, value), fc.tuple(value, value), (a, b) => {
        const [x, y] = [a, b].map(([one, two]) => formatSlice({ a: one, b: two }));
        expect(x === y).toBe(a[0] === b[0] && a[1] === b[1]);
      }),
    );
  });

  it('is the only text that is read: every other spelling is refused', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (text) => {
        let dims: Record<string, string>;
        try {
          dims = parseSlice(text);
        } catch {
          return;
        }
        expect(formatSlice(dims)).toBe(text);
      }),
    );
    for (const text of ['b=1;a=2', 'a=1;a=1', 'a=%41', 'a=%3b', 'a=%', 'a', '=a', 'a=1;', '__proto__=x'])
      expect(() => parseSlice(text)).toThrow();
  });
});
