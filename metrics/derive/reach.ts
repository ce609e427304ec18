import { periodsCrossed } from '@/metrics/calculus/of-series-break';
import { basisOf, partsOfBasis, stretchOfBasis } from '@/metrics/model/basis';
import type { CellKey, Freq } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { addPeriods, nextPeriod, periodRange, periodStart, samePeriodLastYear } from '@/metrics/time/period';
import { civilOf } from '@/metrics/time/zone';
import { COARSE_FIRST, isFiner, operandBases, targetBases } from './bases';
import type { Reference } from './references';

/**
 * Which cells of a target metric may change when a cell of an operand does: the inverse of how an operand is read
 * (operand.ts). Too many do no harm, a missing one would leave a stale value. `basesAt`: bases that the target may have,
 * its rule's unless told.
 */
export function targetsOfReference(
  target: Pick<MetricDefinition, 'code' | 'period_rule' | 'accumulation'>,
  targetFreqs: readonly Freq[],
  operand: MetricDefinition,
  reference: Reference,
  cell: CellKey,
  basesAt: (freq: Freq) => readonly string[] = (freq) => targetBases(target, freq),
): CellKey[] {
  const at = (freq: Freq, basis: string, periodMs: number): CellKey => ({
    metric: target.code,
    freq,
    region: cell.region,
    slice: cell.slice,
    basis,
    measure: 'level',
    periodMs,
  });
  if (cell.measure === 'target') {
    if (reference.kind !== 'target' || cell.freq !== 'A') return [];
    const endMs = nextPeriod('A', cell.periodMs);
    return targetFreqs.flatMap((freq) =>
      basesAt(freq).flatMap((basis) =>
        periodRange(freq, cell.periodMs, endMs).map((ms) => at(freq, basis, ms)),
      ),
    );
  }
  if (reference.kind === 'target') return [];
  if (cell.measure !== 'level' && cell.measure !== reference.kind) return [];
  const same = targetFreqs.includes(cell.freq)
    ? basesAt(cell.freq)
        .filter((basis) => readsBasis(operand, reference, basis, cell))
        .flatMap((basis) => reachedBases(reference, basis, cell))
        .flatMap((basis) => shifted(reference, cell).map((ms) => at(cell.freq, basis, ms)))
    : [];
  if (operand.accumulation !== 'stock' || cell.freq !== operand.freq || cell.measure !== 'level') return same;
  const finer = targetFreqs
    .filter((freq) => isFiner(freq, cell.freq))
    .flatMap((freq) =>
      basesAt(freq).flatMap((basis) => periodsAfter(freq, cell, reference).map((ms) => at(freq, basis, ms))),
    );
  return [...same, ...finer];
}

/** Frequencies at which a metric may have cells: its own and coarser ones. */
export function frequenciesOf({ freq }: Pick<MetricDefinition, 'freq'>): Freq[] {
  return COARSE_FIRST.filter((candidate) => !isFiner(candidate, freq));
}

/** Frequencies that evaluating a target of one frequency reads: its own, and those of yearly stocks and targets. */
export function frequenciesRead(
  references: readonly Reference[],
  definitionOf: (code: string) => MetricDefinition | undefined,
  freq: Freq,
): Freq[] {
  const others = references.flatMap(({ metric, kind }): Freq[] => {
    if (kind === 'target') return ['A'];
    const operand = definitionOf(metric);
    return operand && readsCoarser(operand, freq) ? [operand.freq] : [];
  });
  return [...new Set([freq, ...others])];
}

/** First instant of the earliest period that one reference of a target reads. */
export function earliestRead(
  { kind, steps }: Reference,
  operand: MetricDefinition | undefined,
  { freq, periodMs }: CellKey,
): number {
  if (kind === 'target') return periodStart('A', periodMs);
  const years = kind === 'lag_y' ? steps : kind === 'yoy' ? 1 : 0;
  const periods = kind === 'lag_p' ? steps : kind === 'mom' ? 1 : 0;
  const ownMs = addPeriods(freq, samePeriodLastYear(freq, periodMs, years), -periods);
  if (!operand || !readsCoarser(operand, freq)) return ownMs;
  return addPeriods(operand.freq, periodStart(operand.freq, ownMs), -1);
}

function readsCoarser(operand: MetricDefinition, freq: Freq): boolean {
  return operand.accumulation === 'stock' && isFiner(freq, operand.freq);
}

function readsBasis(operand: MetricDefinition, reference: Reference, basis: string, cell: CellKey): boolean {
  const wanted = reference.kind === 'ytd' ? 'ytd' : basis;
  return operandBases(operand, wanted, cell.freq).includes(stretchOfBasis(cell.basis));
}

/**
 * A value under a named edition makes targets under it, and one without sand those without; growth across a change of
 * editions reads that of an edition as well.
 */
function reachedBases({ kind }: Reference, basis: string, cell: CellKey): string[] {
  const { edition, sandless } = partsOfBasis(cell.basis);
  const growth = edition !== undefined && (kind === 'yoy' || kind === 'mom');
  const editions = growth ? [edition, undefined] : [edition];
  return editions.flatMap((one) => basisOf({ edition: one, sandless, stretch: basis }) ?? []);
}

/** Periods whose value reads this cell's. */
function shifted(reference: Reference, { freq, periodMs, measure }: CellKey): number[] {
  switch (reference.kind) {
    case 'lag_y':
      return yearsAfter(freq, periodMs, reference.steps);
    case 'lag_p':
      return [addPeriods(freq, periodMs, reference.steps)];
    case 'yoy':
      return measure === 'level' ? [periodMs, ...periodsBesides(freq, periodMs)] : [periodMs];
    case 'mom':
      return measure === 'level' ? [periodMs, addPeriods(freq, periodMs, 1)] : [periodMs];
    default:
      return [periodMs];
  }
}

/** A year later, and the periods whose comparison crosses this one: it may be marked as a break of the series. */
function periodsBesides(freq: Freq, periodMs: number): number[] {
  const later = yearsAfter(freq, periodMs, 1);
  return [...periodsCrossed(freq, periodMs, later[0] ?? periodMs), ...later];
}

/** 28 February is also what 29 February looks back on. */
function yearsAfter(freq: Freq, periodMs: number, years: number): number[] {
  if (freq !== 'D' && freq !== 'H' && freq !== 'N')
    return [addPeriods(freq, periodMs, years * { A: 1, Q: 4, M: 12 }[freq])];
  const { month, day } = civilOf(periodMs);
  const dayMs = periodStart('D', periodMs);
  const inDay = periodMs - dayMs;
  const later = addPeriods('M', periodStart('M', periodMs), 12 * years);
  const same = addPeriods('D', later, day - 1) + inDay;
  return month === 2 && day === 28 ? [same, addPeriods('D', same, 1)] : [same];
}

/** Periods of a finer frequency that take a yearly (quarterly …) stock from the period before theirs. */
function periodsAfter(freq: Freq, cell: CellKey, reference: Reference): number[] {
  // Of a yearly stock, lag_y counts from the year end before (operand.ts).
  const before = cell.freq === 'A' ? 1 : 0;
  const years = reference.kind === 'lag_y' ? reference.steps - before : 0;
  const periods = reference.kind === 'lag_p' ? reference.steps : 0;
  const fromMs = addPeriods('M', nextPeriod(cell.freq, cell.periodMs), 12 * years);
  return periodRange(freq, fromMs, nextPeriod(cell.freq, fromMs)).map((ms) => addPeriods(freq, ms, periods));
}
