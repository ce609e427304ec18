'use client';

import type { TableProps } from 'antd';
import type { ApiOutputs } from '@/components/trpc/outputs';
import css from './console.module.css';
import { DataTable } from './DataTable';
import { MEMBER_WORDS } from './definition-members';
import { whenZh } from './format';
import { Mark } from './Mark';
import { Panel } from './Panel';
import { word } from './words';

type Offer = NonNullable<ApiOutputs['definitions']['get']['offer']>;
type Change = Offer['changes'][number];

const text = (value: string | null) => (value === null ? '—' : <span className={css.lines}>{value}</span>);

const COLUMNS: TableProps<Change>['columns'] = [
  { title: '项目', key: 'member', width: 140, render: (_, { member }) => word(MEMBER_WORDS, member) },
  { title: '现行(本单位)', key: 'own', render: (_, { own }) => text(own) },
  { title: '出厂', key: 'shipped', render: (_, { shipped }) => text(shipped) },
];

/** Where the shipped definition differs from the operator's own, which stays in force until he publishes another. */
export function DefinitionOffer({ offer, inForce }: { offer: Offer; inForce: number }) {
  return (
    <Panel title="出厂口径已更新" extra={<Mark tone="warn">未采用</Mark>}>
      <p className={css.soft}>
        {`${whenZh(offer.createdAt)} 换版时随附,记为第 ${offer.version} 版;现行第 ${inForce} 版由本单位发布,继续有效。`}
      </p>
      <DataTable
        label="与出厂口径的差异"
        minWidth={720}
        rowKey="member"
        columns={COLUMNS}
        dataSource={offer.changes}
      />
    </Panel>
  );
}
