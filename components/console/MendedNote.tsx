import { Alert } from 'antd';
import Link from 'next/link';
import type { ApiOutputs } from '@/components/trpc/outputs';
import { countZh, whenZh } from './format';

type Load = ApiOutputs['loads']['get'];

/** What became of a load's rejected rows since: how many count by now, and in which loads they came. */
export function MendedNote({ load: { rejected, mended } }: { load: Load }) {
  if (mended.rows === 0 && mended.loads.length === 0) return null;
  const left = rejected - mended.rows;
  return (
    <Alert
      type={left > 0 ? 'info' : 'success'}
      showIcon
      style={{ marginBottom: 12 }}
      title={`${countZh(mended.rows)} 行已在后续批次修正${left > 0 ? `,还有 ${countZh(left)} 行待修正` : ',没有待修正的行'}`}
      description={
        mended.loads.length > 0 ? (
          <ul>
            {mended.loads.map((one) => (
              <li key={one.id}>
                <Link href={`/console/loads/${one.id}`}>
                  {whenZh(one.receivedAtMs)} {one.fileName}
                </Link>
                :修正 {countZh(one.rows)} 行{one.rejected > 0 ? `,仍被拒收 ${countZh(one.rejected)} 行` : ''}
              </li>
            ))}
          </ul>
        ) : undefined
      }
    />
  );
}
