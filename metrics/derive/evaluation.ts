import { coverageMarks, isCoverageMark } from '@/metrics/calculus/coverage-marks';
import type { CellFlag } from '@/metrics/calculus/flag-words';
import { type Decimal, decimalText, type NumberLike, toDecimal } from '@/metrics/format/decimal';
import type { CellKey, ObsStatus } from '@/metrics/model/cell';
import { isOtherCount } from '@/metrics/model/census-count';
import { INHERITED_FLAGS } from '@/metrics/model/inherited-flags';
import type { Known } from './known';

/** One cell that a derived value was made of. */
export interface OperandUse {
  /** How the formula or rule names it: `gdp`, `lag_y(gdp, 1)`, 140100. */
  label: string;
  cell: CellKey;
  value: string | null;
  known: Known | undefined;
  /** Of the target's own period: what is only looked back on does not make a cell. */
  own: boolean;
}

/** What a rule makes of a cell at one instant. Null value: the cell is there, its value is not, and flags say why. */
export interface Evaluation {
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  sampleCount: number;
  status: ObsStatus;
  flags: CellFlag[];
  operands: OperandUse[];
  /** Parts of an index that did not count. */
  lacking: LackingPart[];
}

/** A part of an index without a score, or with too few cases behind it. */
export interface LackingPart {
  metric: string;
  weight: number;
  smallSample: boolean;
}

/** Values are stored with ten digits after the point. */
const STORED_DIGITS = 10;

/** Least final first: the whole is as final as its least final part. */
const FINALITY: readonly ObsStatus[] = ['forecast', 'estimate', 'flash', 'prelim', 'final', 'census'];

export interface Made {
  value: NumberLike;
  numerator?: NumberLike;
  denominator?: NumberLike;
  flags?: readonly CellFlag[] | undefined;
  operands: readonly OperandUse[];
  lacking?: LackingPart[];
  /** Stands on nearly all of its parts: a rate (calculus.md §13). */
  isRate?: boolean;
}

/**
 * Completes an evaluation with what it inherits: marks, finality, number of operands. Null when no operand of the
 * target's own period is known: nothing says yet that there will be such a cell.
 */
export function evaluationOf({
  value,
  numerator,
  denominator,
  flags = [],
  operands,
  lacking = [],
  isRate = false,
}: Made): Evaluation | null {
  const there = operands.filter((use) => use.known && use.known.value !== null);
  if (!there.some(({ own }) => own)) return null;
  const known = there.flatMap((use) => (use.known ? [use.known] : []));
  const stored = storedText(value);
  const inherited: CellFlag[] = [
    ...INHERITED_FLAGS.filter(
      (flag) => !isCoverageMark(flag) && known.some((one) => one.flags.includes(flag)),
    ),
    ...coverageMarks(known, isRate),
  ];
  // A break lies before the marked period: what is made of it only as an operand of another period is none.
  if (there.some(({ own, known: one }) => own && one?.flags.includes('series_break')))
    inherited.push('series_break');
  if (mixesCounts(there)) inherited.push('counted_otherwise');
  return {
    value: stored,
    numerator: storedText(numerator),
    denominator: storedText(denominator),
    sampleCount: known.length,
    status: stored === null ? 'missing' : leastFinal(known.map(({ status }) => status)),
    flags: [...new Set([...inherited, ...flags])].sort(),
    operands: [...operands],
    lacking,
  };
}

/** A census's count beside an estimate of a year's end, of one place: a mean of the two is of neither day. */
function mixesCounts(uses: readonly OperandUse[]): boolean {
  return uses.some((one) =>
    uses.some(
      (other) =>
        one.cell.metric === other.cell.metric &&
        one.cell.region === other.cell.region &&
        one.known !== undefined &&
        other.known !== undefined &&
        isOtherCount(one.known, other.known),
    ),
  );
}

function leastFinal(statuses: readonly ObsStatus[]): ObsStatus {
  return FINALITY.find((status) => statuses.includes(status)) ?? 'final';
}

/** As the warehouse keeps it, so that a value computed again equals the one that is stored. */
function storedText(value: NumberLike): string | null {
  const decimal: Decimal | null = toDecimal(value);
  return decimal === null ? null : decimalText(decimal.toDecimalPlaces(STORED_DIGITS));
}
