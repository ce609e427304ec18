'use client';

import { Alert, type TableProps } from 'antd';
import type { ApiOutputs } from '@/components/trpc/outputs';
import { BoundaryPicture } from './BoundaryPicture';
import css from './boundaries.module.css';
import text from './console.module.css';
import { DataTable } from './DataTable';
import { Mark } from './Mark';

type Checked = ApiOutputs['boundaries']['check'];
type Finding = Checked['findings'][number];

const COLUMNS: TableProps<Finding>['columns'] = [
  {
    title: '程度',
    key: 'severity',
    render: (_, { severity }) =>
      severity === 'error' ? <Mark tone="bad">错误</Mark> : <Mark tone="warn">提醒</Mark>,
  },
  {
    title: '位置',
    key: 'place',
    render: (_, { feature, property }) => (
      <span className={text.code}>
        {feature === null ? property : `第 ${feature + 1} 个要素 ${property}`}
      </span>
    ),
  },
  { title: '问题', key: 'reason', dataIndex: 'reason' },
  { title: '建议', key: 'proposal', render: (_, { proposal }) => proposal ?? '—' },
];

/** Everything that was found, at once, and what the map would show. */
export function BoundaryFindings({ checked }: { checked: Checked }) {
  const { ok, findings, topology, sourceLine } = checked;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return (
    <div className={css.findings}>
      <Alert
        showIcon
        type={ok ? 'success' : 'error'}
        title={
          ok
            ? `可以导入${findings.length > 0 ? `,有 ${findings.length} 条提醒` : ''}`
            : `不能导入:${errors} 个错误,请改正文件后再查`
        }
      />
      {findings.length > 0 ? (
        <DataTable
          label="检查结果"
          rowKey={(row) => `${row.feature} ${row.property} ${row.reason}`}
          dataSource={findings}
          columns={COLUMNS}
          pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
        />
      ) : null}
      {topology ? (
        <div className={css.shown}>
          <BoundaryPicture topology={topology} label="导入后的边界" />
          <p>地图上的来源说明:{sourceLine}</p>
        </div>
      ) : null}
    </div>
  );
}
