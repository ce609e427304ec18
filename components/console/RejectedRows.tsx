'use client';

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/client';
import type { ApiOutputs } from '@/components/trpc/outputs';
import css from './console.module.css';
import { countZh } from './format';
import { LoadOutcome } from './LoadOutcome';
import { MendTable } from './MendTable';
import { changedRows, type Edits, mendCsv, withEdit } from './mend';
import { QueryView } from './QueryView';
import { uploadFile } from './upload';

type Load = ApiOutputs['loads']['get'];
type Rejected = ApiOutputs['loads']['rejects']['rows'][number];

const PAGE = 50;

export function RejectedRows({ load, mayMend }: { load: Load; mayMend: boolean }) {
  /** Row after which each page begins; the last is the one shown. */
  const [pages, setPages] = useState([0]);
  const [edits, setEdits] = useState<Edits>(new Map());
  const client = useQueryClient();
  const rejects = useQuery(
    useTRPC().loads.rejects.queryOptions(
      { id: load.id, afterRow: pages.at(-1) ?? 0, limit: PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  const send = useMutation({
    mutationFn: (rows: Rejected[]) => {
      const name = `mend-${load.fileName.replace(/\.gz$/, '').replace(/\.[^.]*$/, '')}.csv`;
      const file = new File([mendCsv(rows, edits)], name, { type: 'text/csv' });
      return uploadFile({ dataset: load.dataset, file, mendsLoadId: load.id });
    },
    onSuccess: () => setEdits(new Map()),
    onSettled: () => client.invalidateQueries(),
  });
  const turn = (next: number[]) => {
    setEdits(new Map());
    setPages(next);
  };
  return (
    <QueryView query={rejects}>
      {({ rows, nextAfterRow, byCode }) => {
        const changed = changedRows(rows, edits);
        return (
          <>
            <ul className={css.reasons} aria-label="按原因">
              {byCode.map(({ code, title, column, columnTitle, rows: count }) => (
                <li key={`${code} ${column}`}>
                  {columnTitle ?? (column || '整行')}
                  {columnTitle ? <span className={css.codeBeside}>{column}</span> : null} {title}:
                  {countZh(count)} 行
                </li>
              ))}
            </ul>
            <MendTable
              rows={rows}
              edits={edits}
              onEdit={
                mayMend ? (row, header, text) => setEdits(withEdit(edits, row, header, text)) : undefined
              }
            />
            <div className={css.between}>
              <div className={css.actions}>
                <Button disabled={pages.length === 1} onClick={() => turn(pages.slice(0, -1))}>
                  上一页
                </Button>
                <Button
                  disabled={nextAfterRow === null}
                  onClick={() => nextAfterRow !== null && turn([...pages, nextAfterRow])}
                >
                  下一页
                </Button>
              </div>
              {mayMend ? (
                <Button
                  type="primary"
                  disabled={changed.length === 0}
                  loading={send.isPending}
                  onClick={() => send.mutate(changed)}
                >
                  {changed.length === 0 ? '直接在表中改正后重发' : `重发改过的 ${changed.length} 行`}
                </Button>
              ) : null}
            </div>
            <div aria-live="polite" className={css.outcome}>
              {send.error ? <Alert type="error" showIcon title={send.error.message} /> : null}
              {send.data ? <LoadOutcome result={send.data} /> : null}
            </div>
          </>
        );
      }}
    </QueryView>
  );
}
