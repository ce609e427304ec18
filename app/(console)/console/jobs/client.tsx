'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import css from '@/components/console/console.module.css';
import { Field } from '@/components/console/Field';
import { JobTable } from '@/components/console/JobTable';
import { PageHead } from '@/components/console/PageHead';
import { Panel } from '@/components/console/Panel';
import { QueryView } from '@/components/console/QueryView';
import { RunTable } from '@/components/console/RunTable';
import { useTRPC } from '@/components/trpc/client';

const EVERY_MS = 5_000;
const PAGE = 50;

export function JobsPage() {
  const trpc = useTRPC();
  const [job, setJob] = useState<string>();
  const [withWork, setWithWork] = useState(true);
  /** Where each page begins; the last is the one shown. */
  const [pages, setPages] = useState<(Date | undefined)[]>([undefined]);
  const before = pages.at(-1);
  const jobs = useQuery(trpc.jobs.list.queryOptions(undefined, { refetchInterval: EVERY_MS }));
  const runs = useQuery(
    trpc.jobs.runs.queryOptions(
      { ...(job && { job }), withWork, ...(before && { before }), limit: PAGE },
      { placeholderData: keepPreviousData, refetchInterval: EVERY_MS },
    ),
  );
  const titles = new Map((jobs.data ?? []).map(({ name, title }) => [name, title]));
  return (
    <>
      <PageHead title="计算任务" about="按计划运行的任务与每次运行的结果。时间均为北京时间。" />
      <Panel title="计划">
        <QueryView query={jobs}>{(rows) => <JobTable rows={rows} />}</QueryView>
      </Panel>
      <Panel title="运行记录">
        <search className={css.filters}>
          <Field label="任务">
            {(id) => (
              <Select
                id={id}
                allowClear
                placeholder="全部"
                value={job}
                options={[...titles].map(([value, label]) => ({ value, label }))}
                onChange={(value) => {
                  setJob(value);
                  setPages([undefined]);
                }}
                style={{ minWidth: 150 }}
              />
            )}
          </Field>
          <Checkbox
            checked={withWork}
            onChange={(event) => {
              setWithWork(event.target.checked);
              setPages([undefined]);
            }}
          >
            不显示无事可做的运行
          </Checkbox>
        </search>
        <QueryView query={runs}>
          {(rows) => (
            <>
              <RunTable rows={rows} titles={titles} />
              <div className={css.between}>
                <Button disabled={pages.length === 1} onClick={() => setPages(pages.slice(0, -1))}>
                  较新的
                </Button>
                <Button
                  disabled={rows.length < PAGE}
                  onClick={() => setPages([...pages, rows.at(-1)?.startedAt])}
                >
                  较早的
                </Button>
              </div>
            </>
          )}
        </QueryView>
      </Panel>
    </>
  );
}
