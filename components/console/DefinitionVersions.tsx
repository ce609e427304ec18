'use client';

import type { TableProps } from 'antd';
import type { ApiOutputs } from '@/components/trpc/outputs';
import { actorZh } from '@/components/ui/actor';
import css from './console.module.css';
import { DataTable } from './DataTable';
import { whenZh } from './format';
import { Mark } from './Mark';
import { Panel } from './Panel';
import { stateOf, VERSION_STATES } from './words';

type Detail = ApiOutputs['definitions']['get'];
type Version = Detail['versions'][number];

const COLUMNS: TableProps<Version>['columns'] = [
  { title: '版本', key: 'version', render: (_, { version }) => `第 ${version} 版` },
  {
    title: '状态',
    key: 'status',
    render: (_, { status }) => {
      const { tone, word } = stateOf(VERSION_STATES, status);
      return <Mark tone={tone}>{word}</Mark>;
    },
  },
  {
    title: '生效',
    key: 'from',
    // Version 1 holds for all time before the next one.
    render: (_, { status, effectiveFrom }) =>
      status === 'offered' ? '—' : effectiveFrom.getTime() === 0 ? '自始' : whenZh(effectiveFrom),
  },
  { title: '登记', key: 'created', render: (_, { createdAt }) => whenZh(createdAt) },
  {
    title: '登记者',
    key: 'by',
    render: (_, { createdBy }) => actorZh(createdBy),
  },
  {
    title: '内容哈希(SHA-256)',
    key: 'hash',
    render: (_, { hash }) => <span className={css.code}>{hash}</span>,
  },
];

export function DefinitionVersions({ detail }: { detail: Detail }) {
  return (
    <>
      <Panel title="版本">
        <DataTable
          label="版本"
          minWidth={900}
          rowKey="version"
          columns={COLUMNS}
          dataSource={detail.versions}
        />
      </Panel>
      <Panel title="校验">
        {detail.findings.length === 0 ? (
          <p>
            <Mark tone="good">没有发现问题</Mark>
          </p>
        ) : (
          <ul className={css.list}>
            {detail.findings.map((finding) => (
              <li key={`${finding.code} ${finding.path} ${finding.message}`}>
                <Mark tone={finding.severity === 'error' ? 'bad' : 'warn'}>
                  {finding.severity === 'error' ? '错误' : '提醒'}
                </Mark>{' '}
                <span className={css.code}>{finding.path}</span> {finding.message}
                {finding.proposal ? `;建议:${finding.proposal}` : ''}
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
}
