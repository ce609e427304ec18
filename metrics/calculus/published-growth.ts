/** What of an observation decides whether a published growth still speaks of it. */
interface Said {
  vintageMs: number;
  source: string;
}

/**
 * Whether growth as published stands for levels that may be computed from: not when one of the levels was published
 * anew since, because 同比 is of the newest vintages (calculus.md §16). A level computed here from rows or other cells
 * is not the publisher's, so it makes nothing stale; such sources are names of datasets and rules, a publisher is cited
 * in words.
 */
export function growthStands(growth: Said | undefined, levels: readonly (Said | undefined)[]): boolean {
  if (!growth) return true;
  return levels.every(
    (level) => !level || /^[a-z][a-z_0-9]*$/.test(level.source) || level.vintageMs <= growth.vintageMs,
  );
}
