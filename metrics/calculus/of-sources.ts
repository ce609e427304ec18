import type { Flag, Result } from './result';

interface Marked {
  flags: readonly string[];
}

/**
 * Marks that are as true of what is made of a figure: its 口径 is assumed (calculus.md §16), it follows from others, or it
 * lacks a few counties (§13), or it is of published and computed ones.
 */
const MARKS: readonly Flag[] = ['basis_assumed', 'inferred', 'nearly_whole', 'mixed_origin'];

/**
 * What a result says of the figures that it was made of; what somebody published stands by itself.
 *
 * What is made of a deduced value is 推算, whichever side of the comparison it stands on (calculus.md §2, §6): the flag
 * says so, and `deduced` takes the place of `computed`. What leaves a residual is `approximate` (§12), and so is what is made
 * of it, whatever else it is.
 *
 * @param sources what was read, by the operand's name; only operands that the result lists were used
 */
export function ofSources<T extends Result>(
  made: T,
  sources: Readonly<Record<string, Marked | undefined>>,
): T {
  if (made.basis === 'published') return made;
  const says = (flag: Flag) => made.operands.some(({ name }) => sources[name]?.flags.includes(flag));
  const marks = made.value === null ? [] : MARKS.filter((flag) => !made.flags.includes(flag) && says(flag));
  const isDeduced = made.basis !== 'deduced' && says('deduced');
  const isApproximate = made.value !== null && made.basis !== 'approximate' && says('approximate');
  if (!isDeduced && !isApproximate && marks.length === 0) return made;
  return {
    ...made,
    basis: isApproximate ? 'approximate' : isDeduced && made.basis === 'computed' ? 'deduced' : made.basis,
    flags: [
      ...made.flags,
      ...marks,
      ...(isDeduced ? (['deduced'] as const) : []),
      ...(isApproximate ? (['approximate'] as const) : []),
    ],
  };
}
