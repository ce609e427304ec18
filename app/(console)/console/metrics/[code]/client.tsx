'use client';

import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import css from '@/components/console/console.module.css';
import { DefinitionBody } from '@/components/console/DefinitionBody';
import { DefinitionOffer } from '@/components/console/DefinitionOffer';
import { DefinitionVersions } from '@/components/console/DefinitionVersions';
import { downloadText } from '@/components/console/format';
import { PageHead } from '@/components/console/PageHead';
import { Panel } from '@/components/console/Panel';
import { QueryView } from '@/components/console/QueryView';
import { useCan } from '@/components/console/use-can';
import { useTRPC } from '@/components/trpc/client';

const UP = { href: '/console/metrics', title: '指标口径' };

export function MetricPage({ code }: { code: string }) {
  const definition = useQuery(useTRPC().definitions.get.queryOptions({ code }));
  const mayReadNumbers = useCan('metric:read');
  const { data } = definition;
  return (
    <>
      <PageHead
        up={UP}
        title={data?.name ?? code}
        about={
          <>
            <span className={css.code}>{code}</span>
            {data ? ` · ${data.nameEn}` : ''}
          </>
        }
        actions={
          data ? (
            <>
              {mayReadNumbers ? <a href={`/metric/${code}`}>查看数据</a> : null}
              <Button onClick={() => downloadText(`${code}.yaml`, data.yaml, 'application/yaml')}>
                下载 YAML
              </Button>
            </>
          ) : undefined
        }
      />
      <QueryView query={definition}>
        {(detail) => (
          <>
            {detail.offer ? <DefinitionOffer offer={detail.offer} inForce={detail.version} /> : null}
            <DefinitionBody detail={detail} />
            <DefinitionVersions detail={detail} />
            <Panel title="YAML">
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
              <pre className={css.pre} tabIndex={0}>
                {detail.yaml}
              </pre>
            </Panel>
          </>
        )}
      </QueryView>
    </>
  );
}
