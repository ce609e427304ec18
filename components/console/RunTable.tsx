'use client';

import type { TableProps } from 'antd';
import type { ApiOutputs } from '@/components/trpc/outputs';
import css from './console.module.css';
import { DataTable } from './DataTable';
import { countZh, durationZh, whenZh } from './format';
import { Mark } from './Mark';
import { RUN_STATES, stateOf } from './words';

type Run = ApiOutputs['jobs']['runs'][number];

interface Props {
  rows: Run[];
  titles: ReadonlyMap<string, string>;
}

function tookMs({ startedAt, finishedAt }: Run): number | null {
  return finishedAt ? finishedAt.getTime() - startedAt.getTime() : null;
}

export function RunTable({ rows, titles }: Props) {
  const columns: TableProps<Run>['columns'] = [
    {
      title: '开始',
      key: 'at',
      render: (_, { startedAt }) => <span className={css.number}>{whenZh(startedAt)}</span>,
    },
    { title: '任务', key: 'job', render: (_, { job }) => titles.get(job) ?? job },
    {
      title: '结果',
      key: 'outcome',
      width: 300,
      render: (_, { outcome, error }) => {
        const { tone, word } = stateOf(RUN_STATES, outcome);
        return (
          <>
            <Mark tone={tone}>{word}</Mark>
            {error ? <div className={css.breakable}>{error}</div> : null}
          </>
        );
      },
    },
    { title: '用时', key: 'took', align: 'right', render: (_, run) => durationZh(tookMs(run)) },
    {
      title: '读入行',
      key: 'read',
      align: 'right',
      render: (_, { rowsRead }) => <span className={css.number}>{countZh(rowsRead)}</span>,
    },
    {
      title: '写出行',
      key: 'written',
      align: 'right',
      render: (_, { rowsWritten }) => <span className={css.number}>{countZh(rowsWritten)}</span>,
    },
    {
      title: '编号',
      key: 'id',
      render: (_, { id }) => <span className={css.code}>{id.slice(0, 8)}</span>,
    },
  ];
  return (
    <DataTable
      label="运行记录"
      minWidth={860}
      rowKey="id"
      dataSource={rows}
      columns={columns}
      empty="还没有运行记录。装载数据后增量计算会自动运行"
    />
  );
}
