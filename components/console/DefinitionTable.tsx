'use client';

import type { TableProps } from 'antd';
import Link from 'next/link';
import type { ApiOutputs } from '@/components/trpc/outputs';
import { FREQ_ZH, KIND_ZH } from '@/metrics/format/definition-words';
import { DOMAIN_TITLES } from '@/metrics/model/definition-vocabulary';
import css from './console.module.css';
import { DataTable } from './DataTable';
import { Mark } from './Mark';
import { DEFINITION_STATES, stateOf, word } from './words';

type Definition = ApiOutputs['definitions']['list'][number];

const SHOWN_REASONS = 2;

const COLUMNS: TableProps<Definition>['columns'] = [
  {
    title: '指标',
    key: 'name',
    render: (_, row) => (
      <>
        <Link href={`/console/metrics/${row.code}`}>{row.name}</Link>
        <div className={`${css.soft} ${css.code}`}>{row.code}</div>
      </>
    ),
  },
  { title: '领域', key: 'domain', render: (_, { domain }) => word(DOMAIN_TITLES, domain) },
  { title: '类型', key: 'kind', render: (_, { kind }) => word(KIND_ZH, kind) },
  { title: '单位', key: 'unit', dataIndex: 'unit' },
  { title: '频率', key: 'freq', render: (_, { freq }) => word(FREQ_ZH, freq) },
  { title: '责任部门', key: 'owner', dataIndex: 'owner' },
  {
    title: '状态',
    key: 'state',
    width: 280,
    render: (_, { state, reasons, offered }) => {
      const { tone, word: text } = stateOf(DEFINITION_STATES, state);
      const rest = reasons.length - SHOWN_REASONS;
      return (
        <>
          <Mark tone={tone}>{text}</Mark>
          {offered ? (
            <div>
              <Mark tone="warn">出厂口径已更新</Mark>
            </div>
          ) : null}
          {reasons.length > 0 ? (
            <div className={css.soft}>
              {reasons.slice(0, SHOWN_REASONS).join(';')}
              {rest > 0 ? ` 等 ${reasons.length} 项` : ''}
            </div>
          ) : null}
        </>
      );
    },
  },
];

export function DefinitionTable({ rows, total }: { rows: Definition[]; total: number }) {
  return (
    <>
      <p className={css.soft} aria-live="polite">
        {rows.length === total ? `共 ${total} 个指标` : `${total} 个指标中的 ${rows.length} 个`}
      </p>
      <DataTable
        label="指标口径"
        minWidth={960}
        rowKey="code"
        dataSource={rows}
        columns={COLUMNS}
        pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
        empty="没有符合条件的指标,请放宽条件"
      />
    </>
  );
}
