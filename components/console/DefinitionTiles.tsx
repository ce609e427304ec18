import Link from 'next/link';
import type { ApiOutputs } from '@/components/trpc/outputs';
import { DATA_STATE_ZH } from '@/metrics/model/data-state';
import css from './console.module.css';
import { countZh } from './format';

/** How far the catalogue is: the three add up to the whole. */
export function DefinitionTiles({ counts }: { counts: ApiOutputs['definitions']['counts'] }) {
  const tiles = [
    ['登记的指标', counts.total, '口径已登记'],
    [DATA_STATE_ZH.present, counts.present, '有公布值或计算值'],
    [DATA_STATE_ZH.awaiting, counts.awaiting, '口径可算,数据未到或尚未计算'],
    [DATA_STATE_ZH.not_computable, counts.not_computable, '数据集未接入或口径未写成可算形式'],
  ] as const;
  return (
    <>
      <div className={css.tiles}>
        {tiles.map(([title, count, about]) => (
          <div key={title} className={css.tile}>
            <p>{title}</p>
            <strong>{countZh(count)}</strong>
            <p>{about}</p>
          </div>
        ))}
      </div>
      <p>
        每个指标的状态与原因见<Link href="/console/metrics">指标口径</Link>。
      </p>
    </>
  );
}
