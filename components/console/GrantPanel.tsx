'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { App, Button, type TableProps } from 'antd';
import { type ReactNode, useState } from 'react';
import { actorZh } from '@/components/ui/actor';
import { DataTable } from './DataTable';
import { type Grant, grantColumns, isUsable } from './grant-columns';
import { Panel } from './Panel';
import { QueryView } from './QueryView';

interface Props<Row extends Grant> {
  title: string;
  /** What one of them is called: 令牌. */
  noun: string;
  query: UseQueryResult<Row[], unknown>;
  /** Between what all grants have and what can be done. */
  columns: NonNullable<TableProps<Row>['columns']>;
  minWidth: number;
  /** What a revocation does, for who is about to confirm it. */
  warning: string;
  revoke: (input: { id: string }) => Promise<unknown>;
  dialog: (props: { open: boolean; onClose: () => void }) => ReactNode;
}

/** Tokens or wall links: those there are, a new one, and a way to revoke each. */
export function GrantPanel<Row extends Grant>({ title, noun, query, dialog, ...table }: Props<Row>) {
  const [creating, setCreating] = useState(false);
  return (
    <Panel
      title={title}
      extra={
        <Button type="primary" onClick={() => setCreating(true)}>
          新建{noun}
        </Button>
      }
    >
      <QueryView query={query}>
        {(rows) => <GrantTable rows={rows} title={title} noun={noun} {...table} />}
      </QueryView>
      {dialog({ open: creating, onClose: () => setCreating(false) })}
    </Panel>
  );
}

function GrantTable<Row extends Grant>({
  rows,
  title,
  noun,
  columns,
  minWidth,
  warning,
  revoke,
}: Omit<Props<Row>, 'query' | 'dialog'> & { rows: Row[] }) {
  const { modal } = App.useApp();
  const confirm = ({ id, name }: Row) =>
    modal.confirm({
      title: `撤销${noun}“${actorZh(name)}”?${warning}`,
      onOk: () => revoke({ id }).catch(() => undefined),
    });
  const action = (row: Row) =>
    isUsable(row) ? (
      <Button
        size="small"
        danger
        aria-label={`撤销${noun} ${actorZh(row.name)}`}
        onClick={() => confirm(row)}
      >
        撤销
      </Button>
    ) : null;
  return (
    <DataTable<Row>
      label={title}
      minWidth={minWidth}
      rowKey="id"
      dataSource={rows}
      columns={[
        ...grantColumns<Row>(),
        ...columns,
        { title: '操作', key: 'act', render: (_, row) => action(row) },
      ]}
      empty={`还没有${noun}`}
    />
  );
}
