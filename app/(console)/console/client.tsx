'use client';

import { useQuery } from '@tanstack/react-query';
import { DatasetTable } from '@/components/console/DatasetTable';
import { DefinitionTiles } from '@/components/console/DefinitionTiles';
import { JobTable } from '@/components/console/JobTable';
import { LoadTable } from '@/components/console/LoadTable';
import { PageHead } from '@/components/console/PageHead';
import { Panel } from '@/components/console/Panel';
import { QueryView } from '@/components/console/QueryView';
import { WarningList } from '@/components/console/WarningList';
import { warningsOf } from '@/components/console/warnings';
import { useTRPC } from '@/components/trpc/client';

const EVERY_MS = 30_000;
const SHOWN_LOADS = 8;

export function OverviewPage() {
  const trpc = useTRPC();
  const often = { refetchInterval: EVERY_MS };
  const datasets = useQuery(trpc.datasets.list.queryOptions(undefined, often));
  const counts = useQuery(trpc.definitions.counts.queryOptions(undefined, often));
  const jobs = useQuery(trpc.jobs.list.queryOptions(undefined, often));
  const loads = useQuery(trpc.loads.list.queryOptions({ limit: 20 }, often));
  return (
    <>
      <PageHead title="运行概况" about="数据是否按期到达、算到哪里、有什么要处理。" />
      <QueryView query={counts}>{(data) => <DefinitionTiles counts={data} />}</QueryView>
      {datasets.data && loads.data && jobs.data ? (
        <Panel title="需要处理">
          <WarningList warnings={warningsOf(datasets.data, loads.data.loads, jobs.data)} />
        </Panel>
      ) : null}
      <Panel title="数据集">
        <QueryView query={datasets}>{(rows) => <DatasetTable rows={rows} />}</QueryView>
      </Panel>
      <Panel title="计算任务">
        <QueryView query={jobs}>{(rows) => <JobTable rows={rows} />}</QueryView>
      </Panel>
      <Panel title="最近装载">
        <QueryView query={loads}>
          {({ loads: rows }) => <LoadTable rows={rows.slice(0, SHOWN_LOADS)} />}
        </QueryView>
      </Panel>
    </>
  );
}
