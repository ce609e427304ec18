'use client';

import type { TableProps } from 'antd';
import type { ApiOutputs } from '@/components/trpc/outputs';
import { actorZh } from '@/components/ui/actor';
import { actionZh } from './audit-words';
import css from './console.module.css';
import { DataTable } from './DataTable';
import { whenZh } from './format';
import { Mark } from './Mark';
import { AUDIT_OUTCOMES, stateOf } from './words';

type Entry = ApiOutputs['audit']['list']['entries'][number];

const KINDS: Readonly<Record<string, string>> = {
  user: '用户',
  token: '令牌',
  device: '大屏',
  system: '系统',
};

const COLUMNS: TableProps<Entry>['columns'] = [
  { title: '时间', key: 'at', render: (_, { at }) => <span className={css.number}>{whenZh(at)}</span> },
  {
    title: '操作者',
    key: 'actor',
    render: (_, { actorName, actorKind, address }) => (
      <>
        {actorZh(actorName)}
        <div className={css.soft}>
          {KINDS[actorKind] ?? actorKind}
          {address ? ` ${address}` : ''}
        </div>
      </>
    ),
  },
  {
    title: '动作',
    key: 'action',
    render: (_, { action }) => (
      <>
        {actionZh(action)}
        <div className={`${css.soft} ${css.code}`}>{action}</div>
      </>
    ),
  },
  {
    title: '结果',
    key: 'outcome',
    render: (_, { outcome }) => {
      const { tone, word } = stateOf(AUDIT_OUTCOMES, outcome);
      return <Mark tone={tone}>{word}</Mark>;
    },
  },
  {
    title: '对象',
    key: 'entity',
    render: (_, { entityId }) => <span className={css.code}>{entityId || '—'}</span>,
  },
  {
    title: '详情',
    key: 'details',
    width: 320,
    render: (_, { details }) => <Details details={details} />,
  },
];

function Details({ details }: { details: Record<string, unknown> }) {
  const text = JSON.stringify(details, null, 1);
  if (text === '{}') return '—';
  if (text.length < 80) return <span className={css.code}>{JSON.stringify(details)}</span>;
  return (
    <details>
      <summary>展开</summary>
      <pre className={css.pre}>{text}</pre>
    </details>
  );
}

export function AuditTable({ rows }: { rows: Entry[] }) {
  return (
    <DataTable
      label="审计"
      minWidth={900}
      rowKey="id"
      dataSource={rows}
      columns={COLUMNS}
      empty="没有符合条件的记录"
    />
  );
}
