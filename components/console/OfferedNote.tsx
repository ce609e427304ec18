import Link from 'next/link';
import type { ApiOutputs } from '@/components/trpc/outputs';
import { Mark } from './Mark';

/** Own versions that stay in force although the product ships newer ones: nothing in the list may hide that. */
export function OfferedNote({ rows }: { rows: ApiOutputs['definitions']['list'] }) {
  const offered = rows.filter((row) => row.offered);
  if (offered.length === 0) return null;
  return (
    <p>
      <Mark tone="warn">出厂口径已更新</Mark> 以下指标由本单位另定口径,继续按现行版本计算:
      {offered.map(({ code, name }, index) => (
        <span key={code}>
          {index > 0 ? '、' : ''}
          <Link href={`/console/metrics/${code}`}>{name}</Link>
        </span>
      ))}
    </p>
  );
}
