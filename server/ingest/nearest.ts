import { closestName } from '@/metrics/model/closest-name';

/** The candidate that was probably meant; PM2.5, pm2_5 and PM25 are spellings of one name. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  const spellings = new Map(candidates.map((candidate) => [fold(candidate), candidate]));
  const near = closestName(fold(text), spellings.keys());
  return near === undefined ? undefined : spellings.get(near);
}

export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s._\-()]/g, '');
}
