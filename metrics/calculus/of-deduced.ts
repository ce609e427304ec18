import type { Result } from './result';

interface Marked {
  flags: readonly string[];
}

/**
 * What is made of a deduced value is 推算 itself, whichever side of the comparison it stands on (calculus.md §2, §6): the
 * flag says so, and `deduced` takes the place of `computed`. A rule that leaves a residual stays `approximate`, what
 * somebody published stands.
 *
 * @param sources what was read, by the operand's name; only operands that the result lists were used
 */
export function ofDeduced<T extends Result>(
  made: T,
  sources: Readonly<Record<string, Marked | undefined>>,
): T {
  if (made.basis === 'published' || made.basis === 'deduced') return made;
  const used = made.operands.some(({ name }) => sources[name]?.flags.includes('deduced'));
  if (!used) return made;
  const basis = made.basis === 'computed' ? 'deduced' : made.basis;
  return { ...made, basis, flags: [...made.flags, 'deduced'] };
}
