import { airLimit, limitStageAt, POLLUTANTS } from '@/metrics/calculus/environment/air-standard';
import type { Flag } from '@/metrics/calculus/result';
import { score } from '@/metrics/calculus/score';
import type { Expression } from '@/metrics/expression/ast';
import { Decimal, toDecimal } from '@/metrics/format/decimal';
import type { CellKey } from '@/metrics/model/cell';
import { monthsElapsed, nextPeriod } from '@/metrics/time/period';
import { type Evaluation, evaluationOf } from './evaluation';
import type { Batch, Known, Lookup } from './known';
import { type DefinitionOf, OperandReader } from './operand';
import { referenceOf, referencesIn } from './references';

type Scalar = Decimal | boolean | string | null;

/**
 * A formula over metrics for one cell at one instant. A missing operand makes the result missing, never 0; a division
 * by zero is missing with `div0` (calculus.md §0). Null when none of its operands is known.
 *
 * @param ratio keep numerator and denominator of `a / b * constant`, so that a rollup can divide sums
 */
export function evaluateFormula(
  formula: Expression,
  target: CellKey,
  definitionOf: DefinitionOf,
  lookup: Lookup,
  ratio: boolean,
  batch?: Batch,
): Evaluation | null {
  const reader = new OperandReader(target, definitionOf, lookup, batch);
  const run = new FormulaRun(target, reader);
  const value = run.number(formula);
  const quotient = ratio ? quotientOf(formula) : undefined;
  return evaluationOf({
    value,
    ...(quotient && value !== null
      ? {
          numerator: run.number(quotient.top),
          denominator: reader.asDivisorOf(run.newestOf(quotient.top), () => run.number(quotient.bottom)),
        }
      : {}),
    flags: value === null ? [...run.flags] : [],
    operands: reader.uses,
    isRate: definitionOf(target.metric)?.accumulation === 'rate',
  });
}

class FormulaRun {
  readonly flags = new Set<Flag>();

  constructor(
    private readonly target: CellKey,
    private readonly reader: OperandReader,
  ) {}

  number(node: Expression): Decimal | null {
    const value = this.evaluate(node);
    return value instanceof Decimal ? value : null;
  }

  private evaluate(node: Expression): Scalar {
    const reference = referenceOf(node);
    if (reference) {
      const operand = this.reader.read(reference);
      for (const flag of operand.value === null ? operand.flags : []) this.flags.add(flag);
      return toDecimal(operand.value);
    }
    switch (node.type) {
      case 'number':
        return new Decimal(node.text);
      case 'string':
      case 'boolean':
        return node.value;
      case 'call':
        return this.call(node.name, node.args);
      case 'unary':
        return this.unary(node.op, this.evaluate(node.operand));
      case 'binary':
        return this.binary(node);
      case 'between':
        return this.between(node);
      case 'in':
        return this.within(node);
      case 'is_null':
        return (this.evaluate(node.operand) === null) !== node.negated;
      default:
        return null;
    }
  }

  /** The newest vintage among the levels that a dividend reads. */
  newestOf(node: Expression): Known | undefined {
    return referencesIn(node)
      .filter(({ kind }) => kind !== 'yoy' && kind !== 'mom' && kind !== 'target')
      .flatMap((reference) => this.reader.read(reference).known ?? [])
      .reduce<Known | undefined>(
        (newest, one) => (newest && newest.vintageMs >= one.vintageMs ? newest : one),
        undefined,
      );
  }

  private unary(op: '-' | 'not', value: Scalar): Scalar {
    if (op === 'not') return typeof value === 'boolean' ? !value : null;
    return value instanceof Decimal ? value.negated() : null;
  }

  private binary(node: Extract<Expression, { type: 'binary' }>): Scalar {
    const left = this.evaluate(node.left);
    const right =
      node.op === '/'
        ? this.reader.asDivisorOf(this.newestOf(node.left), () => this.evaluate(node.right))
        : this.evaluate(node.right);
    if (node.op === 'and' || node.op === 'or') return logical(node.op, left, right);
    if (typeof left === 'string' && typeof right === 'string') {
      if (node.op === '=') return left === right;
      return node.op === '<>' ? left !== right : null;
    }
    if (!(left instanceof Decimal) || !(right instanceof Decimal)) return null;
    switch (node.op) {
      case '+':
        return left.plus(right);
      case '-':
        return left.minus(right);
      case '*':
        return left.times(right);
      case '/':
        if (right.isZero()) {
          this.flags.add('div0');
          return null;
        }
        return left.div(right);
      case '=':
        return left.eq(right);
      case '<>':
        return !left.eq(right);
      case '<':
        return left.lt(right);
      case '<=':
        return left.lte(right);
      case '>':
        return left.gt(right);
      case '>=':
        return left.gte(right);
    }
  }

  private between(node: Extract<Expression, { type: 'between' }>): Scalar {
    const value = this.number(node.operand);
    const low = this.number(node.low);
    const high = this.number(node.high);
    if (value === null || low === null || high === null) return null;
    return (value.gte(low) && value.lte(high)) !== node.negated;
  }

  private within(node: Extract<Expression, { type: 'in' }>): Scalar {
    const value = this.evaluate(node.operand);
    if (value === null) return null;
    const items = node.items.map((item) => this.evaluate(item));
    const found = items.some((item) =>
      value instanceof Decimal && item instanceof Decimal ? value.eq(item) : value === item,
    );
    return found !== node.negated;
  }

  private call(name: string, args: readonly Expression[]): Scalar {
    const [first, second, third] = args;
    if (!first) return name === 'months_elapsed' ? this.monthsElapsed() : null;
    switch (name) {
      case 'abs':
        return this.number(first)?.abs() ?? null;
      case 'coalesce':
        return args.map((arg) => this.evaluate(arg)).find((value) => value !== null) ?? null;
      case 'if': {
        // Of an unknown condition nothing follows; the branch not taken must not speak of missing operands.
        const holds = this.evaluate(first);
        if (typeof holds !== 'boolean') return null;
        const chosen = holds ? second : third;
        return chosen ? this.evaluate(chosen) : null;
      }
      case 'clamp': {
        const [x, low, high] = args.map((arg) => this.number(arg));
        return x && low && high ? Decimal.min(Decimal.max(x, low), high) : null;
      }
      case 'score': {
        const [x, low, high] = args.map((arg) => this.number(arg));
        return toDecimal(score(x, low, high).value);
      }
      case 'lim':
        return this.limit(this.evaluate(first), second ? this.evaluate(second) : null);
      default:
        return null;
    }
  }

  private monthsElapsed(): Decimal {
    return new Decimal(monthsElapsed(this.target.freq, this.target.periodMs));
  }

  private limit(pollutant: Scalar, window: Scalar): Decimal | null {
    if (typeof pollutant !== 'string' || typeof window !== 'string') return null;
    const name = POLLUTANTS.find((one) => one === pollutant.toLowerCase().replace('.', ''));
    const time = AVERAGING[window];
    if (!name || !time) return null;
    // A stretch is judged as a whole, by what is in force at its last instant.
    const { freq, periodMs } = this.target;
    return toDecimal(airLimit(limitStageAt(nextPeriod(freq, periodMs) - 1), name, time));
  }
}

/** Averaging times as `lim` names them; the 8 h limit of ozone is its daily one. */
const AVERAGING: Readonly<Record<string, 'annual' | 'daily' | 'hourly'>> = {
  year: 'annual',
  '24h': 'daily',
  '8h': 'daily',
  '1h': 'hourly',
};

/** Three-valued: false decides `and`, true decides `or`, whatever the other side is. */
function logical(op: 'and' | 'or', left: Scalar, right: Scalar): boolean | null {
  const decides = op === 'or';
  if (left === decides || right === decides) return decides;
  return typeof left === 'boolean' && typeof right === 'boolean' ? !decides : null;
}

/** Numerator and denominator of `a / b`, `a / b * 100`, `100 * a / b`. */
export function quotientOf(node: Expression): { top: Expression; bottom: Expression } | undefined {
  if (node.type !== 'binary') return undefined;
  if (node.op === '*') {
    if (node.right.type === 'number') return quotientOf(node.left);
    return node.left.type === 'number' ? quotientOf(node.right) : undefined;
  }
  return node.op === '/' && node.right.type !== 'number' ? { top: node.left, bottom: node.right } : undefined;
}
