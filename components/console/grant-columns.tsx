import type { TableProps } from 'antd';
import { actorZh } from '@/components/ui/actor';
import css from './console.module.css';
import { whenZh } from './format';
import { Mark } from './Mark';
import { scopeZh } from './ScopeFields';

/** What a token and a wall link have in common. */
export interface Grant {
  id: string;
  name: string;
  regions: number[];
  domains: string[] | null;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
}

function isOver({ expiresAt }: Grant): boolean {
  return expiresAt !== null && expiresAt.getTime() <= Date.now();
}

export function isUsable(grant: Grant): boolean {
  return grant.revokedAt === null && !isOver(grant);
}

function GrantState({ grant }: { grant: Grant }) {
  if (grant.revokedAt) return <Mark tone="bad">已撤销 {whenZh(grant.revokedAt)}</Mark>;
  if (isOver(grant)) return <Mark tone="warn">已到期</Mark>;
  return <Mark tone="good">有效</Mark>;
}

export function grantColumns<Row extends Grant>(): NonNullable<TableProps<Row>['columns']> {
  return [
    {
      title: '名称',
      key: 'name',
      render: (_, row) => (
        <>
          {actorZh(row.name)}
          <div className={css.soft}>
            {actorZh(row.createdBy)},{whenZh(row.createdAt)}
          </div>
        </>
      ),
    },
    { title: '数据范围', key: 'scope', render: (_, row) => scopeZh(row.regions, row.domains) },
    {
      title: '到期',
      key: 'expires',
      render: (_, row) => (row.expiresAt ? whenZh(row.expiresAt) : '撤销为止'),
    },
    { title: '状态', key: 'state', render: (_, row) => <GrantState grant={row} /> },
  ];
}
