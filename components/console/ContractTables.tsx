'use client';

import type { TableProps } from 'antd';
import type { ApiOutputs } from '@/components/trpc/outputs';
import css from './console.module.css';
import { DataTable } from './DataTable';
import { Mark } from './Mark';
import { Panel } from './Panel';
import { COLUMN_TYPE_WORDS, PII_WORDS, word } from './words';

type Dataset = ApiOutputs['datasets']['get'];
type Column = Dataset['contract']['columns'][number];
type Rule = Dataset['contract']['rules'][number];

function columnsOf({ contract, defaults }: Dataset): TableProps<Column>['columns'] {
  return [
    {
      title: '列',
      key: 'name',
      render: (_, column) => (
        <>
          {column.title}
          <div className={css.codeBelow}>{column.name}</div>
        </>
      ),
    },
    {
      title: '类型',
      key: 'type',
      render: (_, column) =>
        column.type === 'decimal' && column.scale !== undefined
          ? `${word(COLUMN_TYPE_WORDS, column.type)}(${column.scale} 位)`
          : word(COLUMN_TYPE_WORDS, column.type),
    },
    { title: '单位', key: 'unit', render: (_, { unit }) => unit ?? '—' },
    {
      title: '必填',
      key: 'required',
      render: (_, { name, nullable }) => {
        if (contract.key.includes(name)) return '业务键';
        if (nullable) return '可空';
        const fallback = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
        if (fallback === undefined) return '必填';
        return fallback === '' ? '缺省为空' : `缺省“${fallback}”`;
      },
    },
    {
      title: '允许值',
      key: 'values',
      width: 220,
      render: (_, { enumValues, min, max, sentinels, pii }) => (
        <>
          {enumValues ? enumValues.join('、') : null}
          {min !== undefined || max !== undefined ? `${min ?? '…'} 至 ${max ?? '…'}` : null}
          {sentinels && sentinels.length > 0 ? (
            <div className={css.soft}>视为未观测:{sentinels.join('、')}</div>
          ) : null}
          {pii && pii !== 'none' ? <div className={css.soft}>个人信息,{word(PII_WORDS, pii)}</div> : null}
        </>
      ),
    },
    { title: '说明', key: 'description', render: (_, { description }) => description },
  ];
}

const RULE_COLUMNS: TableProps<Rule>['columns'] = [
  { title: '规则', key: 'message', render: (_, { message }) => message },
  {
    title: '合格条件',
    key: 'condition',
    render: (_, { condition }) => <span className={css.code}>{condition}</span>,
  },
  {
    title: '不合格时',
    key: 'severity',
    render: (_, { severity }) =>
      severity === 'reject' ? <Mark tone="bad">拒收</Mark> : <Mark tone="warn">保留并标记</Mark>,
  },
  { title: '标记', key: 'code', render: (_, { code }) => <span className={css.code}>{code}</span> },
];

export function ContractTables({ dataset }: { dataset: Dataset }) {
  return (
    <>
      <Panel title={`列(${dataset.contract.columns.length})`}>
        <DataTable
          label="列"
          minWidth={860}
          rowKey="name"
          columns={columnsOf(dataset)}
          dataSource={[...dataset.contract.columns]}
        />
      </Panel>
      <Panel title="各数据集通用的列">
        <DataTable
          label="通用列"
          minWidth={860}
          rowKey="name"
          columns={columnsOf(dataset)}
          dataSource={[...dataset.commonColumns]}
        />
      </Panel>
      <Panel title="校验规则">
        <DataTable
          label="校验规则"
          rowKey="code"
          columns={RULE_COLUMNS}
          dataSource={[...dataset.contract.rules]}
          empty="除各列的类型和范围外没有别的规则"
        />
      </Panel>
    </>
  );
}
