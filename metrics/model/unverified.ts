/** Flags of a published figure that nobody has checked against its publisher, with the words for them. */
export const UNVERIFIED_ZH = {
  recalled: '凭记忆录入,未核到出处',
  confidence_low: '出处可信度低',
  confidence_medium: '出处可信度中',
} as const;

/** The source of a figure for which no page was at hand when it was written down. */
const RECALLED_SOURCE = 'from memory';

interface Told {
  flags: readonly string[];
  source: string;
}

/** The marks by which figures are 待核, each once with its words; what is not there has none. */
export function unverifiedMarks(figures: readonly (Told | undefined)[]): { flag: string; words: string }[] {
  const known = figures.flatMap((figure) => (figure === undefined ? [] : flagsOf(figure)));
  return Object.entries(UNVERIFIED_ZH).flatMap(([flag, words]) =>
    known.includes(flag) ? [{ flag, words }] : [],
  );
}

/**
 * Why a figure, or what is made of several, is 待核: recalled, or of a source that is not trusted fully; null where all
 * were checked.
 */
export function unverifiedReason(...figures: readonly (Told | undefined)[]): string | null {
  const marks = unverifiedMarks(figures);
  return marks.length === 0 ? null : marks.map(({ words }) => words).join(',');
}

function flagsOf({ flags, source }: Told): readonly string[] {
  return source === RECALLED_SOURCE ? [...flags, 'recalled'] : flags;
}

/** A source as readers see it: a citation stands as it is, that there is none is said in words. */
export function citationZh(source: string): string {
  return source === RECALLED_SOURCE ? UNVERIFIED_ZH.recalled : source;
}
