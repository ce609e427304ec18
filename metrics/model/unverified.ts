import type { Observation } from './cell';

/** Flags of a published figure that nobody has checked against its publisher, with the words for them. */
export const UNVERIFIED_ZH = {
  recalled: '凭记忆录入,未核到出处',
  confidence_low: '出处可信度低',
  confidence_medium: '出处可信度中',
} as const;

/** The source of a figure for which no page was at hand when it was written down. */
const RECALLED_SOURCE = 'from memory';

/** Why a figure is 待核: recalled, or of a source that is not trusted fully; null for every other one. */
export function unverifiedReason({ flags, source }: Pick<Observation, 'flags' | 'source'>): string | null {
  const known = source === RECALLED_SOURCE ? [...flags, 'recalled'] : flags;
  const reasons = Object.entries(UNVERIFIED_ZH).flatMap(([flag, words]) =>
    known.includes(flag) ? [words] : [],
  );
  return reasons.length === 0 ? null : reasons.join(',');
}

/** A source as readers see it: a citation stands as it is, that there is none is said in words. */
export function citationZh(source: string): string {
  return source === RECALLED_SOURCE ? UNVERIFIED_ZH.recalled : source;
}
