import { resolveRegion } from '@/metrics/regions/resolve';
import { levelOf } from '@/metrics/regions/tree';
import type { DatasetEntry } from '@/server/datasets/entry';
import { strip } from './clean';
import { type CellReader, problem, value } from './result';

/** Codes, abolished codes with one successor, statistical codes and Chinese names; outside the sender's scope refused. */
export function regionReader(
  level: DatasetEntry['regionLevel'],
  mayLoad: (code: number) => boolean,
): CellReader {
  return (raw) => {
    const text = strip(raw);
    const found = resolveRegion(text);
    if (!found.ok)
      return problem('bad_region', found.proposal ? `${found.error};${found.proposal}` : found.error);
    if (!mayLoad(found.code)) return problem('out_of_scope', `区划 ${found.code} 不在报送者的数据范围内`);
    if (level === 'county' && levelOf(found.code) !== 'county')
      return value(String(found.code), 'region_not_county');
    return value(String(found.code), found.note ? 'region_remapped' : undefined);
  };
}
