'use client';

import type { TableProps } from 'antd';
import Link from 'next/link';
import type { ApiOutputs } from '@/components/trpc/outputs';
import { actorZh } from '@/components/ui/actor';
import { briefly } from './brief';
import css from './console.module.css';
import { DataTable } from './DataTable';
import { countZh, whenZh } from './format';
import { DemoMark, Mark } from './Mark';
import { LOAD_STATES, ORIGIN_WORDS, stateOf, word } from './words';

type Load = ApiOutputs['loads']['list']['loads'][number];

const number = (name: 'accepted' | 'corrected' | 'duplicate', title: string) => ({
  title,
  key: name,
  align: 'right' as const,
  render: (_: unknown, row: Load) => <span className={css.number}>{countZh(row[name])}</span>,
});

const COLUMNS: TableProps<Load>['columns'] = [
  {
    title: '收到',
    key: 'at',
    render: (_, row) => (
      <Link className={css.number} href={`/console/loads/${row.id}`}>
        {whenZh(row.receivedAtMs)}
      </Link>
    ),
  },
  {
    title: '文件',
    key: 'file',
    render: (_, row) => (
      <>
        <span className={css.breakable}>{row.fileName}</span>
        <div className={css.soft}>{row.datasetTitle}</div>
      </>
    ),
  },
  {
    title: '来源',
    key: 'origin',
    render: (_, row) => (
      <>
        {word(ORIGIN_WORDS, row.origin)} {row.provenance === 'demo' ? <DemoMark /> : null}
        <div className={css.soft}>{actorZh(row.actorName)}</div>
      </>
    ),
  },
  { title: '状态', key: 'status', render: (_, row) => <LoadState load={row} /> },
  number('accepted', '新增'),
  number('corrected', '更正'),
  number('duplicate', '重复'),
  {
    title: '拒收',
    key: 'rejected',
    align: 'right',
    render: (_, row) => <RejectedCount load={row} unit="" />,
  },
];

/** How many rows were rejected, and how many of them count by now. */
export function RejectedCount({ load, unit }: { load: Pick<Load, 'rejected' | 'mended'>; unit: string }) {
  const { rejected, mended } = load;
  if (rejected === 0) return <span className={css.number}>0{unit}</span>;
  return (
    <>
      <Mark tone={mended.rows < rejected ? 'warn' : 'good'}>{`${countZh(rejected)}${unit}`}</Mark>
      {mended.rows > 0 ? (
        <div className={css.soft}>
          {mended.rows < rejected ? `${countZh(mended.rows)} 行已修正` : '已全部修正'}
        </div>
      ) : null}
    </>
  );
}

export function LoadState({ load }: { load: Load }) {
  const { tone, word: text } = stateOf(LOAD_STATES, load.status);
  return (
    <>
      <Mark tone={tone}>{text}</Mark>
      {load.error ? <div className={css.soft}>{briefly(load.error)}</div> : null}
    </>
  );
}

export function LoadTable({ rows }: { rows: Load[] }) {
  return (
    <DataTable
      label="装载记录"
      minWidth={920}
      rowKey="id"
      dataSource={rows}
      columns={COLUMNS}
      empty="没有装载记录。可在数据集页上传文件,或用命令、推送接口装载"
    />
  );
}
