'use client';

import { Select, type TableProps } from 'antd';
import Link from 'next/link';
import { useState } from 'react';
import { metricPath } from '@/components/shell/nav';
import type { ApiOutputs } from '@/components/trpc/outputs';
import { FREQ_ZH } from '@/metrics/format/definition-words';
import { DAY_MS } from '@/metrics/time/zone';
import css from './console.module.css';
import { coveredZh } from './covered-gap';
import { DataTable } from './DataTable';
import { Field } from './Field';
import { dayZh } from './format';
import { Mark } from './Mark';
import { useCapabilities } from './use-can';
import { RELEASE_STATES, stateOf, word } from './words';

type Calendar = ApiOutputs['calendar']['releases'];
type Release = Calendar['releases'][number];

const columnsFor = (capabilities: readonly string[]): TableProps<Release>['columns'] => [
  {
    title: '指标',
    key: 'metric',
    render: (_, { metric, name, domainTitle }) => (
      <>
        <MetricLink path={metricPath(metric, capabilities)} name={name} />
        <div className={css.soft}>{domainTitle}</div>
      </>
    ),
  },
  {
    title: '期',
    key: 'period',
    render: (_, { periodLabel, freq, missing, covered }) => (
      <>
        {periodLabel}
        <div className={css.soft}>
          {word(FREQ_ZH, freq)}
          {missing > 1 ? ` · 自此已缺 ${missing} 期` : ''}
        </div>
        {covered ? <div className={css.soft}>{coveredZh(freq, covered)}</div> : null}
      </>
    ),
  },
  {
    title: '应发布',
    key: 'due',
    render: (_, row) => (
      <>
        <span className={css.number}>{windowZh(row)}</span>
        <div className={css.soft}>{row.lag}</div>
      </>
    ),
  },
  {
    title: '状态',
    key: 'state',
    render: (_, row) => {
      const { tone, word: text } = stateOf(RELEASE_STATES, row.state);
      return (
        <>
          <Mark tone={tone}>{text}</Mark>
          <div className={css.soft}>{stateNote(row)}</div>
        </>
      );
    },
  },
  { title: '责任部门', key: 'owner', dataIndex: 'owner' },
];

function MetricLink({ path, name }: { path: string | null; name: string }) {
  return path === null ? name : <Link href={path}>{name}</Link>;
}

/** First and last day of the customary window; a due instant at midnight is the end of the day before. */
function windowZh({ fromMs, dueMs }: Release): string {
  const [first, last] = [dayZh(Math.min(fromMs, dueMs - 1)), dayZh(dueMs - 1)];
  return first === last ? last : `${first} 至 ${last.slice(5)}`;
}

function stateNote({ state, arrivedMs, overdueMs, byWeekday }: Release): string {
  if (state === 'arrived') return arrivedMs === null ? '' : `${dayZh(arrivedMs)} 到达`;
  // The day after the last day of grace.
  const from = `${dayZh(overdueMs)} 起${state === 'overdue' ? '' : '算'}逾期`;
  return byWeekday ? `${from}(当年无放假安排,按周一至周五计)` : from;
}

export function ReleaseTable({ calendar }: { calendar: Calendar }) {
  const capabilities = useCapabilities();
  const [state, setState] = useState<Release['state']>();
  const { releases, region, withoutData, asOfMs } = calendar;
  const count = (one: string) => releases.filter((row) => row.state === one).length;
  const soon = releases.filter((row) => row.state === 'pending' && row.dueMs < asOfMs + 7 * DAY_MS).length;
  const rows = state === undefined ? releases : releases.filter((row) => row.state === state);
  return (
    <>
      <search className={css.filters}>
        <Field label="状态">
          {(id) => (
            <Select
              id={id}
              allowClear
              placeholder="全部"
              value={state}
              options={Object.entries(RELEASE_STATES).map(([value, { word: text }]) => ({
                value,
                label: `${text}(${count(value)})`,
              }))}
              onChange={(value) => setState(value)}
              style={{ minWidth: 150 }}
            />
          )}
        </Field>
      </search>
      <p className={css.soft} aria-live="polite">
        {region.name}:7 天内应发布 {soon} 项,迟 {count('late')} 项,逾期未报 {count('overdue')} 项。
        {withoutData > 0 ? `另有 ${withoutData} 个月、季、年度指标尚无任何数据,不列入。` : ''}
      </p>
      <DataTable
        label="发布日历"
        minWidth={900}
        rowKey={({ metric, freq, periodMs }) => `${metric} ${freq} ${periodMs}`}
        dataSource={rows}
        columns={columnsFor(capabilities)}
        pagination={{ pageSize: 15, showSizeChanger: false, hideOnSinglePage: true }}
        empty={
          releases.length === 0
            ? '还没有按月、季、年发布的数据,装载统计数据后这里列出下一期'
            : '没有符合条件的发布'
        }
      />
    </>
  );
}
