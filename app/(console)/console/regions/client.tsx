'use client';

import { useQuery } from '@tanstack/react-query';
import { BoundaryImport } from '@/components/console/BoundaryImport';
import { BoundarySets } from '@/components/console/BoundarySets';
import { PageHead } from '@/components/console/PageHead';
import { Panel } from '@/components/console/Panel';
import { QueryView } from '@/components/console/QueryView';
import { ShownBoundaries } from '@/components/console/ShownBoundaries';
import { useCan } from '@/components/console/use-can';
import { useTRPC } from '@/components/trpc/client';

export function RegionsPage() {
  const sets = useQuery(useTRPC().boundaries.list.queryOptions());
  const mayWrite = useCan('boundary:write');
  return (
    <>
      <PageHead
        title="行政区边界"
        about="地图使用的边界。随产品提供的边界没有审图号,公开使用前请导入有审图号的边界文件。"
      />
      <QueryView query={sets}>
        {(rows) => (
          <>
            <Panel title="地图正在使用">
              <ShownBoundaries sets={rows} />
            </Panel>
            <Panel title="已导入的边界">
              <BoundarySets sets={rows} mayWrite={mayWrite} />
            </Panel>
          </>
        )}
      </QueryView>
      {mayWrite ? (
        <Panel title="导入边界文件">
          <BoundaryImport />
        </Panel>
      ) : null}
    </>
  );
}
