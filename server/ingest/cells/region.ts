import type { DatasetContract } from '@/metrics/model/dataset';
import { resolveRegion } from '@/metrics/regions/resolve';
import { knownRegion, levelOf } from '@/metrics/regions/tree';
import type { CellOf, DatasetEntry, RowProblem } from '@/server/datasets/entry';
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
      // A city may stand for a zone of its own: what says so is another column, seen when the row is read.
      return levelOf(found.code) === 'city'
        ? value(String(found.code), 'region_not_county')
        : problem('not_county', `区划 ${found.code} 不是县(市、区)`);
    return value(String(found.code), found.note ? 'region_remapped' : undefined);
  };
}

/** A city's code in a dataset of counties, without the zone that it would stand for. */
export function notCounty({ columns, regionColumn }: DatasetContract, cell: CellOf): RowProblem {
  const code = Number(cell(regionColumn));
  const zone = columns.some(({ name }) => name === 'park_code')
    ? ';功能区(开发区、示范区)的行填所在市代码,并在 park_code 填功能区编码'
    : '';
  return {
    column: regionColumn,
    code: 'not_county',
    reason: `区划 ${code}(${knownRegion(code)?.name ?? ''})不是县(市、区)${zone}`,
  };
}
