'use client';

import { Button, type TableProps } from 'antd';
import { useTRPC } from '@/components/trpc/client';
import type { ApiInputs, ApiOutputs } from '@/components/trpc/outputs';
import { briefly } from './brief';
import css from './console.module.css';
import { DataTable } from './DataTable';
import { cronZh, whenZh } from './format';
import { Mark } from './Mark';
import { useAct } from './use-act';
import { useCan } from './use-can';
import { RUN_STATES, stateOf } from './words';

type Job = ApiOutputs['jobs']['list'][number];
type Name = ApiInputs['jobs']['run']['name'];

export function JobTable({ rows }: { rows: Job[] }) {
  const mayRun = useCan('job:run');
  const run = useAct(useTRPC().jobs.run.mutationOptions(), '任务已开始');
  const columns: TableProps<Job>['columns'] = [
    {
      title: '任务',
      key: 'title',
      render: (_, { title, description }) => (
        <>
          {title}
          <div className={css.soft}>{description}</div>
        </>
      ),
    },
    {
      title: '计划',
      key: 'cron',
      render: (_, { cron }) => <span title={`计划表达式 ${cron}`}>{cronZh(cron)}</span>,
    },
    { title: '下次', key: 'next', render: (_, { nextRunAt }) => whenZh(nextRunAt) },
    {
      title: '最近结果',
      key: 'last',
      render: (_, { lastRun }) => {
        if (!lastRun) return '尚未运行';
        const { tone, word } = stateOf(RUN_STATES, lastRun.outcome);
        return (
          <>
            <Mark tone={tone}>{word}</Mark>
            <div className={css.soft}>{whenZh(lastRun.startedAt)}</div>
            {lastRun.error ? <div className={css.breakable}>{briefly(lastRun.error)}</div> : null}
          </>
        );
      },
    },
    { title: '最近正常', key: 'healthy', render: (_, { lastSuccessAt }) => whenZh(lastSuccessAt) },
    {
      title: '操作',
      key: 'act',
      hidden: !mayRun,
      render: (_, { name, title }) => (
        <Button
          size="small"
          aria-label={`运行 ${title}`}
          loading={run.isPending && run.variables?.name === name}
          onClick={() => run.mutate({ name: name as Name })}
        >
          运行
        </Button>
      ),
    },
  ];
  return (
    <DataTable
      label="计划"
      minWidth={920}
      rowKey="name"
      dataSource={rows}
      columns={columns}
      empty="没有任务"
    />
  );
}
