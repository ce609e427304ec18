import { Button } from 'antd';
import type { ApiOutputs } from '@/components/trpc/outputs';
import css from './console.module.css';
import { countZh } from './format';

type Load = ApiOutputs['loads']['get'];

/** The rejected rows as a file: those that are left, and all of them where some were mended since. */
export function RejectsDownload({ load: { id, rejected, mended } }: { load: Load }) {
  const href = `/api/v1/loads/${id}/rejects`;
  const left = rejected - mended.known;
  return (
    <div className={css.actions}>
      {left > 0 ? (
        <Button href={href} download>
          {mended.known === 0 ? '下载拒收行 CSV' : `下载拒收行 CSV(还剩 ${countZh(left)} 行)`}
        </Button>
      ) : (
        <span>没有剩下的拒收行</span>
      )}
      {mended.known > 0 ? (
        <Button href={`${href}?rows=all`} download>
          含已修正的全部 {countZh(rejected)} 行
        </Button>
      ) : null}
    </div>
  );
}
