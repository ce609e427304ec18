import { type Fragment, integer, sql } from './fragment';

/** How values are stored: ten digits after the point. */
export const VALUE_TYPE: Fragment = sql`Nullable(Decimal(38, 10))`;

export function asValue(x: Fragment): Fragment {
  return sql`CAST(${x} AS ${VALUE_TYPE})`;
}

export const NO_VALUE: Fragment = sql`CAST(NULL AS ${VALUE_TYPE})`;

/** The exact product at ten digits: the engine's own would add up the operands' scales and overflow in silence. */
export function product(a: Fragment, b: Fragment): Fragment {
  return fitting(sql`round(toDecimal256(${a}, 10) * toDecimal256(${b}, 10), 10)`);
}

/** {@link quotient} for operands of any size. */
export function fittingQuotient(a: Fragment, b: Fragment): Fragment {
  return fitting(rounded(a, b));
}

/** NULL where a number is too large to be stored: one row must not fail the metrics of all. */
function fitting(x: Fragment): Fragment {
  return sql`accurateCastOrNull(${x}, 'Decimal(38, 10)')`;
}

function rounded(a: Fragment, b: Fragment): Fragment {
  return sql`round(toDecimal256(${a}, 24) / nullIf(toDecimal256(${b}, 10), toDecimal256(0, 10)), 10)`;
}

/** a / b at 24 digits, rounded once to the ten that are stored; NULL when b is zero or missing. */
export function quotient(a: Fragment, b: Fragment): Fragment {
  return sql`CAST(${rounded(a, b)} AS ${VALUE_TYPE})`;
}

/** Non-negative decimal to a whole number, ties to even (GB/T 8170). `scale` 10 keeps one digit, as tenths. */
export function halfEven(x: Fragment, scale = 1): Fragment {
  const scaled = scale === 1 ? x : sql`${x} * ${integer(scale)}`;
  const whole = sql`toInt64(${scaled})`;
  const rest = sql`(${scaled} - toInt64(${scaled}))`;
  return sql`(${whole} + multiIf(${rest} > toDecimal64('0.5', 1), 1, ${rest} < toDecimal64('0.5', 1), 0, ${whole} % 2))`;
}
