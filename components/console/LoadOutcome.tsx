import { Alert } from 'antd';
import Link from 'next/link';
import type { LoadResult } from '@/server/services/loads/types';
import { countZh } from './format';

/** What became of every row of the file. */
export function LoadOutcome({ result }: { result: LoadResult }) {
  const { accepted, corrected, duplicate, rejected, alreadyLoaded, loadId } = result;
  const counts = `新增 ${countZh(accepted)} 行,更正 ${countZh(corrected)} 行,重复 ${countZh(duplicate)} 行,拒收 ${countZh(rejected)} 行`;
  return (
    <Alert
      type={rejected > 0 ? 'warning' : 'success'}
      showIcon
      title={alreadyLoaded ? `这份文件已装载过,没有再次入库;当时${counts}` : counts}
      description={
        <Link href={`/console/loads/${loadId}`}>
          {rejected > 0 ? '查看拒收的行并修正' : alreadyLoaded ? '查看以前那次装载' : '查看这次装载'}
        </Link>
      }
    />
  );
}
