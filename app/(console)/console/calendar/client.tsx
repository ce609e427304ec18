'use client';

import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { HolidayForm } from '@/components/console/HolidayForm';
import { type HolidayTable, HolidayTables } from '@/components/console/HolidayTables';
import { PageHead } from '@/components/console/PageHead';
import { Panel } from '@/components/console/Panel';
import { QueryView } from '@/components/console/QueryView';
import { ReleaseTable } from '@/components/console/ReleaseTable';
import { useCan } from '@/components/console/use-can';
import { useTRPC } from '@/components/trpc/client';

export function CalendarPage() {
  const trpc = useTRPC();
  const holidays = useQuery(trpc.calendar.holidays.queryOptions());
  const releases = useQuery(trpc.calendar.releases.queryOptions());
  const mayWrite = useCan('calendar:write');
  const [correcting, setCorrecting] = useState<HolidayTable | null>(null);
  const form = useRef<HTMLDivElement>(null);
  const correct = (table: HolidayTable) => {
    setCorrecting(table);
    form.current?.scrollIntoView({ block: 'start' });
  };
  return (
    <>
      <PageHead
        title="统计日历"
        about="什么数应在什么时候到,以及计算工作日所依据的放假与调休安排。超过应发布日两个工作日仍未到的,为逾期未报。"
      />
      <Panel title="发布日历(今后 60 天与未到的)">
        <QueryView query={releases}>{(data) => <ReleaseTable calendar={data} />}</QueryView>
      </Panel>
      <Panel title="放假安排">
        <QueryView query={holidays}>
          {(data) => <HolidayTables holidays={data} mayWrite={mayWrite} onCorrect={correct} />}
        </QueryView>
      </Panel>
      {mayWrite && holidays.data ? (
        <div ref={form}>
          <Panel
            title={correcting ? `更正 ${correcting.year} 年的放假安排` : '添加一年'}
            extra={correcting ? <Button onClick={() => setCorrecting(null)}>改为添加一年</Button> : null}
          >
            <HolidayForm
              key={correcting?.year ?? 'new'}
              start={correcting ?? holidays.data.missingYears[0] ?? nextYear(holidays.data.tables)}
            />
          </Panel>
        </div>
      ) : null}
    </>
  );
}

/** The year after the last one that has a table. */
function nextYear(tables: readonly HolidayTable[]): number {
  return Math.max(...tables.map(({ year }) => year)) + 1;
}
