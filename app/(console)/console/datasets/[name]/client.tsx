'use client';

import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import Link from 'next/link';
import { ArrivalMarks } from '@/components/console/ArrivalMarks';
import { ContractTables } from '@/components/console/ContractTables';
import { countZh, csvLine, downloadText, whenZh } from '@/components/console/format';
import { DemoMark } from '@/components/console/Mark';
import { PageHead } from '@/components/console/PageHead';
import { Facts, Panel } from '@/components/console/Panel';
import { QueryView } from '@/components/console/QueryView';
import { UploadPanel } from '@/components/console/UploadPanel';
import { useCan } from '@/components/console/use-can';
import { CLASSIFICATION_WORDS, word } from '@/components/console/words';
import { useTRPC } from '@/components/trpc/client';
import type { ApiOutputs } from '@/components/trpc/outputs';

type Dataset = ApiOutputs['datasets']['get'];

const UP = { href: '/console/datasets', title: '数据集' };

export function DatasetPage({ name }: { name: string }) {
  const dataset = useQuery(useTRPC().datasets.get.queryOptions({ name }));
  const mayLoad = useCan('load:create');
  return (
    <>
      <PageHead
        up={UP}
        title={dataset.data?.title ?? name}
        about={dataset.data ? `一行为${dataset.data.grain}` : undefined}
        actions={dataset.data ? <TemplateButton dataset={dataset.data} /> : undefined}
      />
      <QueryView query={dataset}>
        {(data) => (
          <>
            <Panel title="现状">
              <State dataset={data} />
            </Panel>
            {mayLoad ? (
              <Panel title="上传">
                <UploadPanel dataset={name} />
              </Panel>
            ) : null}
            <ContractTables dataset={data} />
          </>
        )}
      </QueryView>
    </>
  );
}

/** With a byte order mark, or spreadsheet programs save the filled template in their own encoding. */
function TemplateButton({ dataset }: { dataset: Dataset }) {
  const header = [...dataset.contract.columns, ...dataset.commonColumns].map(({ name }) => name);
  return (
    <Button
      onClick={() =>
        downloadText(`${dataset.name}.csv`, `\uFEFF${csvLine(header)}\r\n`, 'text/csv;charset=utf-8')
      }
    >
      下载表头模板
    </Button>
  );
}

function State({ dataset }: { dataset: Dataset }) {
  const { span, lastLoad, lastCommitted, contract } = dataset;
  const titleOf = (name: string) => contract.columns.find((column) => column.name === name)?.title ?? name;
  return (
    <Facts
      items={[
        ['行数(您的区划内)', countZh(span.rows)],
        [
          '演示数据行',
          span.demoRows > 0 ? (
            <>
              <DemoMark /> {countZh(span.demoRows)}
            </>
          ) : (
            '无'
          ),
        ],
        ['最早业务时间', whenZh(span.firstMs)],
        ['最晚业务时间', whenZh(span.lastMs)],
        ['到数情况', <ArrivalMarks key="arrival" dataset={dataset} />],
        [
          '最近装载',
          lastLoad ? (
            <Link key="load" href={`/console/loads/${lastLoad.id}`}>
              {whenZh(lastLoad.receivedAt)}
            </Link>
          ) : (
            '—'
          ),
        ],
        [
          '最近入库',
          lastCommitted ? (
            <Link key="committed" href={`/console/loads/${lastCommitted.id}`}>
              {whenZh(lastCommitted.receivedAt)}
            </Link>
          ) : (
            '—'
          ),
        ],
        ['契约版本', contract.version],
        ['业务键', contract.key.map(titleOf).join('、')],
        ['业务时间列', titleOf(contract.businessTime)],
        ['迟到期限', contract.latenessDays >= 36_500 ? '不限' : `${contract.latenessDays} 天`],
        ['责任部门', contract.owner],
        ['分类分级', word(CLASSIFICATION_WORDS, contract.classification)],
      ]}
    />
  );
}
