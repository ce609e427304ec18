import { usccCheckCharacter } from '@/server/datasets/uscc';
import type { Random } from './random';

const CODE_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

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
  return first17 + usccCheckCharacter(first17);
}
