import type { Random } from './random';

const CODE_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** Check character of the first 17 characters of a unified social credit code (GB 32100-2015). */
export function creditCodeCheck(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += CODE_CHARACTERS.indexOf(first17[i] ?? '0') * (WEIGHTS[i] ?? 0);
  return CODE_CHARACTERS[(31 - (sum % 31)) % 31] ?? '0';
}

/** Check character of the eight characters of an organisation code (GB 11714-1997). */
function organisationCheck(first8: string): string {
  let sum = 0;
  for (let i = 0; i < 8; i++) {
    const character = first8.charCodeAt(i);
    sum += (character < 58 ? character - 48 : character - 55) * (ORGANISATION_WEIGHTS[i] ?? 0);
  }
  const check = 11 - (sum % 11);
  return check === 11 ? '0' : check === 10 ? 'X' : String(check);
}

/** A made-up but well-formed code: registry 9 (market regulation), kind 1 enterprise, 2 个体工商户, 3 合作社. */
export function creditCode(random: Random, regionCode: number, kind: 1 | 2 | 3): string {
  let organisation = 'MA';
  for (let i = 0; i < 6; i++) organisation += CODE_CHARACTERS[random.integer(0, 30)] ?? '0';
  const first17 = `9${kind}${regionCode}${organisation}${organisationCheck(organisation)}`;
  return first17 + creditCodeCheck(first17);
}
