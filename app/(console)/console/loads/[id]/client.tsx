'use client';

import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { LoadFacts } from '@/components/console/LoadFacts';
import { MendedNote } from '@/components/console/MendedNote';
import { PageHead } from '@/components/console/PageHead';
import { Panel } from '@/components/console/Panel';
import { QueryView } from '@/components/console/QueryView';
import { RejectedRows } from '@/components/console/RejectedRows';
import { RejectsDownload } from '@/components/console/RejectsDownload';
import { UploadPanel } from '@/components/console/UploadPanel';
import { useCan } from '@/components/console/use-can';
import { useTRPC } from '@/components/trpc/client';

const UP = { href: '/console/loads', title: '装载记录' };
const EVERY_MS = 2_000;

export function LoadPage({ id }: { id: string }) {
  const load = useQuery(
    useTRPC().loads.get.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (isUnderWay(state.data?.status) ? EVERY_MS : false) },
    ),
  );
  const mayLoad = useCan('load:create');
  return (
    <>
      <PageHead up={UP} title={load.data ? `装载 ${load.data.fileName}` : '装载'} />
      <QueryView query={load}>
        {(data) => (
          <>
            {data.error ? (
              <Alert type="error" showIcon title={`没有入库:${data.error}`} style={{ marginBottom: 16 }} />
            ) : null}
            <Panel title="概况">
              <LoadFacts load={data} />
            </Panel>
            {data.rejected > 0 ? (
              <>
                <Panel title="拒收的行" extra={<RejectsDownload load={data} />}>
                  <MendedNote load={data} />
                  <RejectedRows load={data} mayMend={mayLoad} />
                </Panel>
                {mayLoad && data.mended.rows < data.rejected ? (
                  <Panel title="修正后重传">
                    <p>
                      下载拒收行(已修正的不再列出),改正后整份传回。请保留说明列“行号”(_row):据此认出每一行是否已修正;其余说明列(_column、_reason)不影响装载。
                    </p>
                    <UploadPanel dataset={data.dataset} mendsLoadId={id} />
                  </Panel>
                ) : null}
              </>
            ) : null}
          </>
        )}
      </QueryView>
    </>
  );
}

function isUnderWay(status: string | undefined): boolean {
  return status === 'received' || status === 'staged';
}
