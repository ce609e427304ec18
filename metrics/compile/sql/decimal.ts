import { type Fragment, integer, sql } from './fragment';

/** How values are stored: ten digits after the point. */
export const VALUE_TYPE: Fragment = sql`Nullable(Decimal(38, 10))`;

export function asValue(x: Fragment): Fragment {
  return sql`CAST(${x} AS ${VALUE_TYPE})`;
}

export const NO_VALUE: Fragment = sql`CAST(NULL AS ${VALUE_TYPE})`;

/** a / b at 24 digits, rounded once to the ten that are stored; NULL when b is zero or missing. */
export function quotient(a: Fragment, b: Fragment): Fragment {
  return sql`CAST(round(toDecimal256(${a}, 24) / nullIf(toDecimal256(${b}, 10), toDecimal256(0, 10)), 10) AS ${VALUE_TYPE})`;
}

/** Non-negative decimal to a whole number, ties to even (GB/T 8170). `scale` 10 keeps one digit, as tenths. */
export function halfEven(x: Fragment, scale = 1): Fragment {
  const scaled = scale === 1 ? x : sql`${x} * ${integer(scale)}`;
  const whole = sql`toInt64(${scaled})`;
  const rest = sql`(${scaled} - toInt64(${scaled}))`;
  return sql`(${whole} + multiIf(${rest} > toDecimal64('0.5', 1), 1, ${rest} < toDecimal64('0.5', 1), 0, ${whole} % 2))`;
}
