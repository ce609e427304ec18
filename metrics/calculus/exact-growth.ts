import { TEXT_DIGITS } from '@/metrics/format/decimal';

const PLAIN = /^\d+(\.\d+)?$/;
/** Above this the result is said in words as well; below, the whole part has at most four digits. */
const LARGEST_PERCENT = 1000n;

/**
 * (current / base − 1) × 100 of two plain decimals that are not negative, as plain decimal text rounded half up once,
 * to as many digits as every result has. Whole-number arithmetic: screens ask for this by the hundred thousand, and it
 * costs a tenth of the general decimals. Null where a rule beyond the quotient applies (base 0, above 1000 %) or the
 * text is anything else: then the general way decides.
 */
export function exactGrowth(current: string, base: string): string | null {
  if (!PLAIN.test(current) || !PLAIN.test(base)) return null;
  const places = Math.max(placesOf(current), placesOf(base));
  const x = scaled(current, places);
  const x0 = scaled(base, places);
  const change = (x - x0) * 100n;
  if (x0 === 0n || change > x0 * LARGEST_PERCENT) return null;
  if (change === 0n) return '0';
  const size = change < 0n ? -change : change;
  // One digit more than is kept, whatever the sizes: what is cut off behind it cannot decide about rounding half up.
  const shift = TEXT_DIGITS + 1 + lengthOf(x0) - lengthOf(size);
  return (change < 0n ? '-' : '') + placed(((size * powerOfTen(shift)) / x0).toString(), shift);
}

const lengthOf = (whole: bigint): number => whole.toString().length;

const powers: bigint[] = [];

function powerOfTen(exponent: number): bigint {
  powers[exponent] ??= 10n ** BigInt(exponent);
  return powers[exponent];
}

function placesOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

function scaled(text: string, places: number): bigint {
  return BigInt(text.replace('.', '') + '0'.repeat(places - placesOf(text)));
}

/** digits × 10^−shift, rounded to the digits of a result. */
function placed(digits: string, shift: number): string {
  let head = digits.slice(0, TEXT_DIGITS);
  let whole = digits.length - shift;
  if ((digits[TEXT_DIGITS] ?? '0') >= '5') {
    const up = (BigInt(head) + 1n).toString();
    whole += up.length - head.length;
    head = up;
  }
  const padded = whole > 0 ? head : '0'.repeat(1 - whole) + head;
  const point = Math.max(whole, 1);
  const fraction = padded.slice(point).replace(/0+$/, '');
  return padded.slice(0, point) + (fraction === '' ? '' : `.${fraction}`);
}
