import type { MetricDefinition } from './definition';
import { canonicalJson } from './hash';
import { unitSlices } from './judged-unit';

type MemberOf<Definition> = Definition extends unknown ? keyof Definition : never;

/** Members that name, explain, show, promise or judge a number where it is read: none of them makes it another number. */
const WORDS: ReadonlySet<string> = new Set<MemberOf<MetricDefinition>>([
  ...(['name', 'name_en', 'domain', 'definition', 'formula_text', 'story', 'note'] as const),
  ...([
    'precision',
    'rounding',
    'direction',
    'band',
    'range',
    'thresholds',
    'progress_basis',
    'five_year',
    // It decides what may be compared, not what is counted.
    'published_basis',
    // Another mark, not another number: it is as true of what was derived before.
    'approximate',
  ] as const),
  ...(['owner', 'source_system', 'release'] as const),
]);

/**
 * Whether two versions of a definition count the same: their numbers compare, and none must be computed again. Members
 * that are not known to be words count, so that a new one is taken for a change rather than overlooked. Both must have
 * been parsed by the same schema: what it gained with a default since the older one was written is then on both sides.
 */
export function countsAlike(a: MetricDefinition, b: MetricDefinition): boolean {
  return canonicalJson(counted(a)) === canonicalJson(counted(b));
}

function counted(definition: MetricDefinition): unknown {
  return {
    ...Object.fromEntries(Object.entries(definition).filter(([member]) => !WORDS.has(member))),
    // Days of units are cells of their own, kept for what the thresholds judge.
    units: [...unitSlices(definition)].sort(([x], [y]) => (x < y ? -1 : 1)),
  };
}
