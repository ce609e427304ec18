import type { Freq, Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { isComputedSource } from '@/metrics/model/derived-source';
import { addPeriods, nextPeriod, periodStart } from '@/metrics/time/period';
import { asPublished } from './published-growth';
import type { Result } from './result';

/** Periods whose publication closes a stock, by how many months they take. */
const CLOSING = [
  ['M', 1],
  ['Q', 3],
  ['A', 12],
] as const satisfies readonly (readonly [Freq, number])[];

/** A stock that is counted on from its last published figure. */
export function isCountedOn(definition: MetricDefinition): boolean {
  return definition.kind === 'aggregated' && definition.fn?.name === 'stock_balance';
}

/**
 * Whether a stock was published between two that are compared, the earlier of which was counted on from a former one: what
 * the publication put right is no growth (calculus.md §3: 两期口径一致). A base that is published itself is one footing with
 * what is counted on from it. `at` finds the stock of a period.
 */
export function isReopened(
  definition: MetricDefinition,
  current: Observation | undefined,
  base: Observation | undefined,
  at: (where: { freq: Freq; periodMs: number }) => Observation | undefined,
): boolean {
  if (!isCountedOn(definition) || !current || !base) return false;
  const isCounted = ({ source }: Observation) => isComputedSource(definition, source);
  if (!isCounted(base)) return false;
  const [fromMs, toMs] = [endOf(base), endOf(current)];
  for (let end = closingFrom(fromMs); end <= toMs; end = addPeriods('M', end, 1)) {
    // At its end the current one is what counts: published, or counted from a former one like the base.
    const found =
      end === toMs
        ? isCounted(current)
          ? undefined
          : current
        : CLOSING.map(([freq, months]) => at({ freq, periodMs: startOf(freq, end, months) })).find(
            (o) => o?.value != null && endOf(o) === end && !isCounted(o),
          );
    if (found) return true;
  }
  return false;
}

/** A change across a newly published stock is empty, with its reason; what somebody published stands. */
export function acrossOpenings<T extends Result>(made: T): T {
  if (made.value === null || made.basis === 'published') return made;
  return (
    asPublished(made) ?? {
      ...made,
      value: null,
      text: '期间公布了新的存量,两期不是接着推算的',
      flags: ['not_comparable'],
    }
  );
}

const endOf = ({ freq, periodMs }: Pick<Observation, 'freq' | 'periodMs'>) => nextPeriod(freq, periodMs);

/** The first end of a month that is not before an instant. */
function closingFrom(ms: number): number {
  const month = periodStart('M', ms);
  return month === ms ? ms : nextPeriod('M', month);
}

function startOf(freq: Freq, end: number, months: number): number {
  return periodStart(freq, addPeriods('M', end, -months));
}
