'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import css from '@/components/console/console.module.css';
import { Field } from '@/components/console/Field';
import { LoadTable } from '@/components/console/LoadTable';
import { PageHead } from '@/components/console/PageHead';
import { QueryView } from '@/components/console/QueryView';
import { LOAD_STATES } from '@/components/console/words';
import { useTRPC } from '@/components/trpc/client';
import type { ApiInputs } from '@/components/trpc/outputs';

type Input = ApiInputs['loads']['list'];
type After = NonNullable<Input['after']>;
type Status = NonNullable<Input['status']>;

const PAGE = 50;
const EVERY_MS = 10_000;
const STATUS_OPTIONS = Object.entries(LOAD_STATES).map(([value, { word }]) => ({
  value: value as Status,
  label: word,
}));

export function LoadsPage() {
  const trpc = useTRPC();
  const [dataset, setDataset] = useState<string>();
  const [status, setStatus] = useState<Status>();
  /** Where each page begins; the last is the one shown. */
  const [pages, setPages] = useState<(After | undefined)[]>([undefined]);
  const after = pages.at(-1);
  const datasets = useQuery(trpc.datasets.list.queryOptions());
  const loads = useQuery(
    trpc.loads.list.queryOptions(
      { ...(dataset && { dataset }), ...(status && { status }), ...(after && { after }), limit: PAGE },
      { placeholderData: keepPreviousData, refetchInterval: EVERY_MS },
    ),
  );
  return (
    <>
      <PageHead title="装载记录" about="每份收到的文件或推送一条:计数、来源,以及被拒收的行。" />
      <div className={css.panel}>
        <search className={css.filters}>
          <Field label="数据集">
            {(id) => (
              <Select
                id={id}
                allowClear
                placeholder="全部"
                value={dataset}
                options={(datasets.data ?? []).map(({ name, title }) => ({ value: name, label: title }))}
                onChange={(value) => {
                  setDataset(value);
                  setPages([undefined]);
                }}
                style={{ minWidth: 170 }}
              />
            )}
          </Field>
          <Field label="状态">
            {(id) => (
              <Select<Status>
                id={id}
                allowClear
                placeholder="全部"
                value={status}
                options={STATUS_OPTIONS}
                onChange={(value) => {
                  setStatus(value);
                  setPages([undefined]);
                }}
                style={{ minWidth: 110 }}
              />
            )}
          </Field>
        </search>
        <QueryView query={loads}>
          {({ loads: rows, next }) => (
            <>
              <LoadTable rows={rows} />
              <div className={css.between}>
                <Button disabled={pages.length === 1} onClick={() => setPages(pages.slice(0, -1))}>
                  较新的
                </Button>
                <Button disabled={next === null} onClick={() => next && setPages([...pages, next])}>
                  较早的
                </Button>
              </div>
            </>
          )}
        </QueryView>
      </div>
    </>
  );
}
