import { Decimal, type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { type Flag, meanOf, noResult, presentOf, type Result, resultOf, sumOf } from './result';

/** Relative difference between published total and sum of parts that is still rounding (T25). */
export const ROLLUP_TOLERANCE_RATIO = '0.0001';
/** Rates may be published with this share of the denominator covered; sums need all of it (calculus.md §13). */
export const MIN_RATE_COVERAGE = '0.95';

export interface Coverage {
  /** Regions that took part. */
  present: number;
  /** Regions that should have. */
  expected: number;
}

export interface RollupResult extends Result {
  coverage: Coverage;
}

export interface SumInput {
  /** One value a region; a missing one is null. */
  parts: readonly NumberLike[];
  /** Regions there should be; the number of parts unless told. */
  expected?: number;
  /** The higher region's own published value: it stands, the sum only checks it. */
  published?: NumberLike;
  toleranceRatio?: NumberLike;
  /** Lets an incomplete sum through as a value (flagged); by default it is withheld. */
  allowPartial?: boolean;
}

/** `sum` for additive flows and stocks. */
export function rollupSum(input: SumInput): RollupResult {
  const { parts, published, toleranceRatio = ROLLUP_TOLERANCE_RATIO, allowPartial = false } = input;
  const coverage = coverageOf(parts, input.expected);
  const present = presentOf(parts);
  const sum = present.length === 0 ? null : sumOf(present);
  const partial = coverage.present < coverage.expected;
  const said = toDecimal(published);
  if (said !== null) {
    const flags: Flag[] = [];
    const limit = said.abs().times(toDecimal(toleranceRatio) ?? 0);
    if (!partial && sum?.minus(said).abs().gt(limit)) flags.push('rollup_mismatch');
    return { ...resultOf(said, { published, sum_of_parts: sum }, { basis: 'published', flags }), coverage };
  }
  if (sum === null) return { ...noResult('missing', { sum_of_parts: null }), coverage };
  const value = partial && !allowPartial ? null : sum;
  return { ...resultOf(value, { sum_of_parts: sum }, { flags: partial ? ['partial'] : [] }), coverage };
}

export interface RatioPart {
  numerator: NumberLike;
  denominator: NumberLike;
}

/**
 * `ratio_of_sums`: Σ numerators / Σ denominators × scale (T26). Coverage counts by denominator where all are
 * known, else by regions; below 95 % nothing is published.
 */
export function ratioOfSums(
  parts: readonly RatioPart[],
  options: { expected?: number; scale?: number } = {},
): RollupResult {
  const pairs = parts.map(({ numerator, denominator }) => ({
    num: toDecimal(numerator),
    den: toDecimal(denominator),
  }));
  const whole = pairs.filter(({ num, den }) => num !== null && den !== null);
  const coverage = { present: whole.length, expected: options.expected ?? parts.length };
  const numerator = sumOf(whole.map(({ num }) => num));
  const denominator = sumOf(whole.map(({ den }) => den));
  const operands = { numerator, denominator };
  if (whole.length === 0 || numerator === null || denominator === null)
    return { ...noResult('operand_missing', operands), coverage };
  const allDens = coverage.expected === parts.length ? sumOf(pairs.map(({ den }) => den)) : null;
  const share = allDens?.gt(0) ? denominator.div(allDens) : shareOf(coverage);
  if (share.lt(MIN_RATE_COVERAGE)) return { ...noResult('low_coverage', operands), coverage };
  if (denominator.isZero()) return { ...noResult('div0', operands), coverage };
  const value = numerator.div(denominator).times(options.scale ?? 100);
  return { ...resultOf(value, operands, { flags: partialFlag(coverage) }), coverage };
}

export interface WeightedPart {
  value: NumberLike;
  weight: NumberLike;
}

/** `weighted_mean`: Σ w·x / Σ w (T27). One missing weight makes it missing; missing values need 95 % of the weight. */
export function weightedMean(parts: readonly WeightedPart[], expected?: number): RollupResult {
  const weights = sumOf(parts.map(({ weight }) => weight));
  const coverage = coverageOf(
    parts.map(({ value }) => value),
    expected,
  );
  if (weights === null || parts.length === 0)
    return { ...noResult('operand_missing', { weight_sum: null }), coverage };
  let product: Decimal = new Decimal(0);
  let covered: Decimal = new Decimal(0);
  for (const { value, weight } of parts) {
    const x = toDecimal(value);
    const w = toDecimal(weight);
    if (x === null || w === null) continue;
    product = product.plus(x.times(w));
    covered = covered.plus(w);
  }
  const operands = { weighted_sum: product, weight_sum: covered };
  if (covered.isZero()) return { ...noResult('div0', operands), coverage };
  const share =
    coverage.expected > parts.length
      ? Decimal.min(covered.div(weights), shareOf(coverage))
      : covered.div(weights);
  if (share.lt(MIN_RATE_COVERAGE)) return { ...noResult('low_coverage', operands), coverage };
  return { ...resultOf(product.div(covered), operands, { flags: partialFlag(coverage) }), coverage };
}

/**
 * `mean_of_cities`: plain mean over the cities with a value, `partial` when one lacks (T28). Air quality of the
 * province is this: weighted neither by population nor by stations.
 */
export function meanOfCities(values: readonly NumberLike[], expected?: number): RollupResult {
  const coverage = coverageOf(values, expected);
  const mean = meanOf(values);
  const operands = { sum: sumOf(presentOf(values)), cities: coverage.present };
  if (mean === null) return { ...noResult('missing', operands), coverage };
  return { ...resultOf(mean, operands, { flags: partialFlag(coverage) }), coverage };
}

/**
 * `max_of_sum`: sums the parts at each instant, then takes the largest (T29); the peaks of the parts need not
 * coincide. Instants at which a part is missing do not compete, and the result is `partial`.
 *
 * @param series one row a part, one column an instant
 */
export function maxOfSum(series: readonly (readonly NumberLike[])[]): RollupResult {
  const instants = Math.max(0, ...series.map((row) => row.length));
  const sums = Array.from({ length: instants }, (_, at) => sumOf(series.map((row) => row[at])));
  const coverage = { present: presentOf(sums).length, expected: instants };
  return maximum(sums, coverage);
}

/** `max`: the largest of the parts. */
export function rollupMax(values: readonly NumberLike[], expected?: number): RollupResult {
  return maximum(values, coverageOf(values, expected));
}

function maximum(values: readonly NumberLike[], coverage: Coverage): RollupResult {
  const present = presentOf(values);
  const operands = { candidates: present.length };
  if (present.length === 0) return { ...noResult('missing', operands), coverage };
  return { ...resultOf(Decimal.max(...present), operands, { flags: partialFlag(coverage) }), coverage };
}

function coverageOf(values: readonly NumberLike[], expected = values.length): Coverage {
  return { present: presentOf(values).length, expected };
}

function shareOf({ present, expected }: Coverage): Decimal {
  return expected === 0 ? new Decimal(1) : new Decimal(present).div(expected);
}

function partialFlag({ present, expected }: Coverage): Flag[] {
  return present < expected ? ['partial'] : [];
}
