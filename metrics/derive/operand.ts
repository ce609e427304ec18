import { acrossEditions, underOneEdition } from '@/metrics/calculus/environment/edition';
import { mom } from '@/metrics/calculus/mom';
import { periodsCrossed } from '@/metrics/calculus/of-series-break';
import { ofSides, type Side } from '@/metrics/calculus/of-sides';
import { growthStands } from '@/metrics/calculus/published-growth';
import type { Flag, Result } from '@/metrics/calculus/result';
import { yoy } from '@/metrics/calculus/yoy';
import { basisOf, partsOfBasis, stretchOfBasis } from '@/metrics/model/basis';
import type { CellKey, Measure } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { addPeriods, periodStart, samePeriodLastYear } from '@/metrics/time/period';
import { isFiner, operandBases } from './bases';
import type { OperandUse } from './evaluation';
import type { Batch, Known, Lookup } from './known';
import type { Reference } from './references';
import { isChangedBySand } from './sand';
import { standardOf } from './standard';

/** Definitions by code; undefined for a metric that the catalogue does not have. */
export type DefinitionOf = (code: string) => MetricDefinition | undefined;

export interface OperandValue {
  value: string | null;
  known: Known | undefined;
  /** Why it is missing, or what it is, in the calculus' own flags. */
  flags: readonly Flag[];
}

const NOTHING: OperandValue = { value: null, known: undefined, flags: ['operand_missing'] };

/** Reads the operands of one target cell as of one instant, and keeps which cells it took. */
export class OperandReader {
  readonly uses: OperandUse[] = [];

  /** The vintage of what is being divided, while a divisor is read. */
  private dividend: Known | undefined;

  constructor(
    private readonly target: CellKey,
    private readonly definitionOf: DefinitionOf,
    private readonly lookup: Lookup,
    private readonly batch?: Batch,
  ) {}

  /**
   * Reads a divisor in the publication batch of its dividend: a whole that was verified alone would make every share
   * of its preliminary parts wrong (calculus.md §9, §12, §26.2).
   */
  asDivisorOf<T>(dividend: Known | undefined, read: () => T): T {
    const outer = this.dividend;
    this.dividend = dividend ?? outer;
    const value = read();
    this.dividend = outer;
    return value;
  }

  read(reference: Reference): OperandValue {
    const definition = this.definitionOf(reference.metric);
    if (!definition) return NOTHING;
    switch (reference.kind) {
      case 'value':
        return this.level(definition, reference, this.target.periodMs);
      case 'lag_y':
        return this.level(definition, reference, this.yearsBack(reference.steps));
      case 'lag_p':
        return this.level(
          definition,
          reference,
          addPeriods(this.target.freq, this.target.periodMs, -reference.steps),
        );
      case 'ytd':
        return this.level(definition, reference, this.target.periodMs, 'ytd');
      case 'target':
        return this.yearTarget(definition, reference);
      case 'yoy':
        return this.growth(definition, reference, 'yoy');
      case 'mom':
        return this.growth(definition, reference, 'mom');
    }
  }

  private yearsBack(years: number): number {
    return samePeriodLastYear(this.target.freq, this.target.periodMs, years);
  }

  private level(
    definition: MetricDefinition,
    reference: Reference,
    periodMs: number,
    basis = this.target.basis,
  ): OperandValue {
    const found =
      this.find(definition, basis, 'level', periodMs) ?? this.findCoarser(definition, reference, periodMs);
    return found ? this.take(labelOf(reference), found) : this.miss(definition, reference, periodMs);
  }

  /**
   * The first basis with a value, else the first known at all: an operand that is known to be missing is
   * shown as such.
   */
  private find(
    definition: MetricDefinition,
    basis: string,
    measure: Measure,
    periodMs: number,
  ): Found | undefined {
    let empty: Found | undefined;
    for (const candidate of this.basesOf(definition, basis)) {
      const cell = { ...this.target, metric: definition.code, basis: candidate, measure, periodMs };
      const known = this.lookup(cell);
      if (known && known.value !== null) return { cell, known };
      empty ??= known && { cell, known };
    }
    return empty;
  }

  /**
   * What is judged by one edition is made of what is judged by it, and of what no edition changes; what is without sand,
   * likewise.
   */
  private basesOf(definition: MetricDefinition, basis: string): readonly string[] {
    const bases = operandBases(definition, stretchOfBasis(basis), this.target.freq);
    const { edition, sandless } = partsOfBasis(this.target.basis);
    if (edition === undefined && !sandless) return bases;
    const own = {
      edition: standardOf(definition, this.definitionOf) === null ? undefined : edition,
      sandless: sandless && isChangedBySand(definition, this.definitionOf),
    };
    return bases.flatMap((stretch) => basisOf({ ...own, stretch }) ?? []);
  }

  private exactly(cell: CellKey): Found | undefined {
    const known = this.lookup(cell);
    return known && { cell, known };
  }

  /**
   * A stock that is counted once a year stands for the months after: 月度人均用上年末人口 (calculus.md §26). `lag_y(x, 1)`
   * of a month is that year end too, not the one before it.
   */
  private findCoarser(
    definition: MetricDefinition,
    reference: Reference,
    periodMs: number,
  ): Found | undefined {
    if (definition.accumulation !== 'stock' || !isFiner(this.target.freq, definition.freq)) return undefined;
    const { freq } = definition;
    const isYearEnd = freq === 'A' && reference.kind === 'lag_y';
    const before = isYearEnd
      ? addPeriods('A', periodStart('A', this.target.periodMs), -reference.steps)
      : addPeriods(freq, periodStart(freq, periodMs), -1);
    return this.exactly({
      ...this.target,
      metric: definition.code,
      freq,
      basis: 'point',
      measure: 'level',
      slice: '',
      periodMs: before,
    });
  }

  private yearTarget(definition: MetricDefinition, reference: Reference): OperandValue {
    const periodMs = periodStart('A', this.target.periodMs);
    for (const basis of ['period', 'point', 'mean', 'ytd']) {
      const cell: CellKey = {
        ...this.target,
        metric: definition.code,
        freq: 'A',
        basis,
        measure: 'target',
        periodMs,
      };
      const known = this.lookup(cell);
      if (known && known.value !== null) return this.take(labelOf(reference), { cell, known });
    }
    return this.take(labelOf(reference), undefined);
  }

  /** By the operand's own rule; published growth stands before a computed one. */
  private growth(definition: MetricDefinition, reference: Reference, kind: 'yoy' | 'mom'): OperandValue {
    const { basis, freq, periodMs } = this.target;
    const published = this.find(definition, basis, kind, periodMs);
    const beforeMs = kind === 'yoy' ? this.yearsBack(1) : addPeriods(freq, periodMs, -1);
    const { current, base, crossed, comparable } = this.compared(definition, beforeMs);
    const at = current?.cell.basis ?? basis;
    const compared: Result =
      kind === 'yoy'
        ? yoy({
            rule: definition.yoy,
            current: current?.known.value,
            base: base?.known.value,
            published: published?.known.value,
            preferPublished: growthStands(definition, published?.known, [current?.known, base?.known]),
          })
        : mom({
            rule: definition.mom,
            basis: at,
            current: current?.known.value,
            previous: base?.known.value,
            published: published?.known.value,
          });
    // Of the province no parts are known here, so two incomplete values of it are not compared.
    const made = comparable
      ? ofSides(definition, compared, sideOf(current), sideOf(base), crossed)
      : acrossEditions(compared);
    const label = labelOf(reference);
    if (made.basis === 'published' && published) return { ...this.take(label, published), flags: made.flags };
    if (current) this.take(definition.code, current);
    if (base)
      this.take(kind === 'yoy' ? `lag_y(${definition.code}, 1)` : `lag_p(${definition.code}, 1)`, base);
    return { value: made.value, known: current?.known, flags: made.flags };
  }

  /** The operand now and before: of one basis (calculus.md §3), and by one edition of its standard. */
  private compared(definition: MetricDefinition, beforeMs: number) {
    const { basis, periodMs } = this.target;
    const current = this.find(definition, basis, 'level', periodMs);
    if (!current) return { current, base: undefined, crossed: [], comparable: true };
    const before = { ...current.cell, periodMs: beforeMs };
    const standard = standardOf(definition, this.definitionOf);
    const cells = underOneEdition(standard, current.cell, before, (cell) => this.lookup(cell)?.value != null);
    return {
      current: cells ? this.exactly(cells.current) : current,
      base: this.exactly(cells?.base ?? before),
      crossed: this.crossedBy(cells?.current ?? current.cell, beforeMs),
      comparable: cells !== null,
    };
  }

  private crossedBy(cell: CellKey, beforeMs: number): (Known | undefined)[] {
    return periodsCrossed(cell.freq, beforeMs, cell.periodMs).map((periodMs) =>
      this.lookup({ ...cell, periodMs }),
    );
  }

  /** Only where the divisor is settled and the dividend is not: a slip that was corrected is corrected for both. */
  private inBatch({ cell, known }: Found): Known {
    const { dividend, batch } = this;
    if (!dividend || !batch || !isPreliminary(dividend) || !isSettled(known)) return known;
    const then = known.vintageMs > dividend.vintageMs ? batch(cell, dividend.vintageMs) : undefined;
    return then && then.value !== null ? then : known;
  }

  /** Named with the cell where it was looked for first, so that a passport can say what is missing. */
  private miss(definition: MetricDefinition, reference: Reference, periodMs: number): OperandValue {
    const [basis = this.target.basis] = operandBases(definition, this.target.basis, this.target.freq);
    const label = labelOf(reference);
    if (!this.uses.some((use) => use.label === label)) {
      const cell = { ...this.target, metric: definition.code, basis, periodMs };
      this.uses.push({ label, cell, value: null, known: undefined, own: false });
    }
    return NOTHING;
  }

  private take(label: string, found: Found | undefined): OperandValue {
    if (!found) return NOTHING;
    const { cell } = found;
    const known = this.inBatch(found);
    if (!this.uses.some((use) => use.label === label)) {
      const own = cell.periodMs === this.target.periodMs && cell.freq === this.target.freq;
      this.uses.push({ label, cell, value: known.value, known, own });
    }
    return { value: known.value, known, flags: known.value === null ? ['operand_missing'] : [] };
  }
}

function isSettled({ status }: Known): boolean {
  return status === 'final' || status === 'census';
}

function isPreliminary({ status }: Known): boolean {
  return status === 'flash' || status === 'prelim';
}

interface Found {
  cell: CellKey;
  known: Known;
}

function sideOf(found: Found | undefined): Side | undefined {
  return found && { ...found.known, region: found.cell.region, basis: found.cell.basis };
}

export function labelOf({ metric, kind, steps }: Reference): string {
  if (kind === 'value') return metric;
  return kind === 'lag_y' || kind === 'lag_p' ? `${kind}(${metric}, ${steps})` : `${kind}(${metric})`;
}
