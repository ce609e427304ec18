'use client';

import { Button, type TableProps } from 'antd';
import type { ApiOutputs } from '@/components/trpc/outputs';
import css from './console.module.css';
import { DataTable } from './DataTable';
import { whenZh } from './format';
import { Mark } from './Mark';
import { scopeZh } from './ScopeFields';
import { ROLE_WORDS, word } from './words';

type User = ApiOutputs['users']['list'][number];

export function UserTable({ rows, onChoose }: { rows: User[]; onChoose?: (id: string) => void }) {
  const columns: TableProps<User>['columns'] = [
    {
      title: '用户',
      key: 'name',
      render: (_, { name, username }) => (
        <>
          {name}
          <div className={`${css.soft} ${css.code}`}>{username}</div>
        </>
      ),
    },
    { title: '角色', key: 'role', render: (_, { role }) => word(ROLE_WORDS, role) },
    { title: '数据范围', key: 'scope', render: (_, { regions, domains }) => scopeZh(regions, domains) },
    { title: '状态', key: 'state', render: (_, user) => <UserState user={user} /> },
    {
      title: '最近活动',
      key: 'active',
      render: (_, { lastActiveAt }) => <span className={css.number}>{whenZh(lastActiveAt)}</span>,
    },
    {
      title: '操作',
      key: 'act',
      hidden: onChoose === undefined,
      render: (_, { id, username }) => (
        <Button size="small" aria-label={`管理 ${username}`} onClick={() => onChoose?.(id)}>
          管理
        </Button>
      ),
    },
  ];
  return (
    <DataTable
      label="用户"
      minWidth={820}
      rowKey="id"
      dataSource={rows}
      columns={columns}
      pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
      empty="还没有用户"
    />
  );
}

export function UserState({ user }: { user: User }) {
  if (user.disabledAt) return <Mark tone="bad">已停用</Mark>;
  if (user.lockedUntil) return <Mark tone="warn">锁定至 {whenZh(user.lockedUntil)}</Mark>;
  return <Mark tone="good">正常</Mark>;
}
