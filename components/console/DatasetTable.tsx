import type { TableProps } from 'antd';
import Link from 'next/link';
import type { ApiOutputs } from '@/components/trpc/outputs';
import { ArrivalMarks } from './ArrivalMarks';
import css from './console.module.css';
import { DataTable } from './DataTable';
import { countZh, whenZh } from './format';
import { DemoMark, Mark } from './Mark';
import { CLASSIFICATION_WORDS, LOAD_STATES, stateOf, word } from './words';

type Dataset = ApiOutputs['datasets']['list'][number];

const COLUMNS: TableProps<Dataset>['columns'] = [
  {
    title: '数据集',
    key: 'title',
    render: (_, row) => (
      <>
        <Link href={`/console/datasets/${row.name}`}>{row.title}</Link>
        <div className={css.soft}>{row.grain}</div>
      </>
    ),
  },
  {
    title: '行数',
    key: 'rows',
    align: 'right',
    render: (_, { span }) => (
      <>
        <span className={css.number}>{countZh(span.rows)}</span>
        {span.demoRows > 0 ? (
          <div>
            <DemoMark /> <span className={css.number}>{countZh(span.demoRows)}</span>
          </div>
        ) : null}
      </>
    ),
  },
  {
    title: '业务时间',
    key: 'span',
    render: (_, { span }) =>
      span.firstMs === null ? (
        span.rows > 0 ? (
          '尚无'
        ) : (
          '—'
        )
      ) : (
        <span className={css.number}>
          {whenZh(span.firstMs)}
          <br />至 {whenZh(span.lastMs)}
        </span>
      ),
  },
  {
    title: '到数情况',
    key: 'arrival',
    render: (_, row) => <ArrivalMarks dataset={row} />,
  },
  {
    title: '最近装载',
    key: 'load',
    render: (_, { lastLoad }) => {
      if (!lastLoad) return '—';
      const { tone, word: text } = stateOf(LOAD_STATES, lastLoad.status);
      return (
        <>
          <Link href={`/console/loads/${lastLoad.id}`} className={css.number}>
            {whenZh(lastLoad.receivedAt)}
          </Link>
          <div>
            <Mark tone={tone}>{text}</Mark>
          </div>
        </>
      );
    },
  },
  {
    title: '责任部门',
    key: 'owner',
    render: (_, row) => (
      <>
        {row.owner}
        <div className={css.soft}>{word(CLASSIFICATION_WORDS, row.classification)}</div>
      </>
    ),
  },
];

export function DatasetTable({ rows }: { rows: Dataset[] }) {
  return (
    <DataTable
      label="数据集"
      minWidth={900}
      rowKey="name"
      dataSource={rows}
      columns={COLUMNS}
      empty="没有数据集"
    />
  );
}
