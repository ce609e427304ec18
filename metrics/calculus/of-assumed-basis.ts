import type { Result } from './result';

interface Marked {
  flags: readonly string[];
}

/**
 * What is made of a figure whose 口径 is only assumed (扣沙 or not, calculus.md §16) may compare two 口径: the flag says
 * so. What somebody published stands.
 */
export function ofAssumedBasis<T extends Result>(made: T, ...sides: readonly (Marked | undefined)[]): T {
  if (made.basis === 'published' || made.value === null) return made;
  const assumed = sides.some((side) => side?.flags.includes('basis_assumed'));
  return assumed ? { ...made, flags: [...made.flags, 'basis_assumed'] } : made;
}
