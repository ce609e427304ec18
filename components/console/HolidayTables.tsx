'use client';

import { Alert, App, Button, type TableProps } from 'antd';
import { useTRPC } from '@/components/trpc/client';
import type { ApiOutputs } from '@/components/trpc/outputs';
import css from './console.module.css';
import { DataTable } from './DataTable';
import { whenZh } from './format';
import { stretchesZh } from './holiday-days';
import { Mark } from './Mark';
import { useAct } from './use-act';

type Holidays = ApiOutputs['calendar']['holidays'];
export type HolidayTable = Holidays['tables'][number];

interface Props {
  holidays: Holidays;
  mayWrite: boolean;
  onCorrect: (table: HolidayTable) => void;
}

export function HolidayTables({ holidays: { tables, missingYears }, mayWrite, onCorrect }: Props) {
  const { modal } = App.useApp();
  const remove = useAct(useTRPC().calendar.remove.mutationOptions(), '已撤回,受影响的数据将重新计算');
  const columns: TableProps<HolidayTable>['columns'] = [
    { title: '年份', key: 'year', render: (_, { year }) => <span className={css.number}>{year}</span> },
    { title: '放假', key: 'off', width: 360, render: (_, { off }) => stretchesZh(off) },
    { title: '调休上班', key: 'work', width: 260, render: (_, { work }) => stretchesZh(work) || '无' },
    {
      title: '来源',
      key: 'source',
      render: (_, { source }) => <span className={css.breakable}>{source}</span>,
    },
    {
      title: '性质',
      key: 'origin',
      render: (_, { origin, shipped, updatedBy, updatedMs }) =>
        origin === 'shipped' ? (
          <Mark tone="plain">随产品提供</Mark>
        ) : (
          <>
            <Mark tone="good">{shipped ? '已更正' : '自行添加'}</Mark>
            <div className={css.soft}>
              {updatedBy} {whenZh(updatedMs)}
            </div>
          </>
        ),
    },
    {
      title: '操作',
      key: 'act',
      hidden: !mayWrite,
      render: (_, row) => (
        <div className={css.actions}>
          <Button size="small" aria-label={`更正 ${row.year} 年`} onClick={() => onCorrect(row)}>
            更正
          </Button>
          {row.origin === 'own' ? (
            <Button
              size="small"
              danger
              aria-label={`撤回 ${row.year} 年`}
              onClick={() =>
                modal.confirm({
                  title: row.shipped
                    ? `撤回对 ${row.year} 年的更正,恢复随产品提供的安排?`
                    : `撤回 ${row.year} 年的放假安排?撤回后该年工作日按周一至周五计。`,
                  onOk: () => remove.mutateAsync({ year: row.year }).catch(() => undefined),
                })
              }
            >
              撤回
            </Button>
          ) : null}
        </div>
      ),
    },
  ];
  return (
    <>
      {missingYears.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={`${missingYears.join('、')} 年尚无放假安排:工作日暂按周一至周五计,由此得出的数据与“逾期未报”均有标注。通知发布后请在下方添加。`}
          style={{ marginBottom: 12 }}
        />
      ) : null}
      <DataTable
        label="放假安排"
        minWidth={1100}
        rowKey="year"
        dataSource={[...tables].reverse()}
        columns={columns}
        empty="还没有放假安排"
      />
    </>
  );
}
