/** A vintage of a cell as it is kept. */
export interface Known {
  vintage_ms: number;
  facts: string;
  /** By a publisher: neither derived nor computed from the metric's own rows. */
  published: boolean;
  /** Without a value. */
  isMissing: boolean;
}

export interface Published {
  value: string | null;
  facts: string;
  withdrawn: boolean;
  published_s: number;
  loaded_ms: number;
}

/**
 * What of a cell's publications still stands. When the last one is withdrawn from the dataset the one before it is
 * known again from then on; when all are, that there is no figure, if there ever was one here.
 */
export function standing<P extends Published>(publications: readonly P[], vintages: readonly Known[]): P[] {
  const [last] = publications.slice(-1);
  const live = publications.filter(({ withdrawn }) => !withdrawn);
  const before = live.at(-1);
  if (!last?.withdrawn) return live;
  if (before) return [...live.slice(0, -1), { ...before, loaded_ms: last.loaded_ms }];
  return vintages.some(({ published }) => published) ? [last] : [];
}

/**
 * The instants that a publication becomes known at; none where what is known since its day is this already. A figure
 * without a value stands beside what was derived in its place; one with a value stands above it. That something could not
 * be derived denies no figure: it is known since its day, and again where such a gap was noted after it.
 *
 * @param nextMs day of the publication after it, which it never outlives; null when there is none
 */
export function vintagesFor(
  one: Published,
  nextMs: number | null,
  vintages: readonly Known[],
  nowMs: number,
): number[] {
  const publishedMs = one.published_s * 1000;
  const since = vintages.filter(
    ({ vintage_ms: at }) => at >= publishedMs && (nextMs === null || at < nextMs),
  );
  const last = since.findLast(({ published, isMissing }) => published || (one.value !== null && !isMissing));
  const endMs = since.at(-1)?.vintage_ms ?? publishedMs;
  const isHidden = one.value !== null && since.at(-1) !== last;
  if (last?.facts === one.facts) return isHidden ? [endMs + 1] : [];
  if (!last) return one.value === null || endMs === publishedMs ? [publishedMs] : [publishedMs, endMs + 1];
  return [nextMs === null ? Math.max(Math.min(one.loaded_ms, nowMs), endMs + 1) : endMs + 1];
}
