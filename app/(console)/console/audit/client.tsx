'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { AuditFilters } from '@/components/console/AuditFilters';
import { AuditTable } from '@/components/console/AuditTable';
import { type AuditFilter, auditQuery, NO_FILTER } from '@/components/console/audit-filter';
import css from '@/components/console/console.module.css';
import { PageHead } from '@/components/console/PageHead';
import { QueryView } from '@/components/console/QueryView';
import { useTRPC } from '@/components/trpc/client';

const PAGE = 50;

export function AuditPage() {
  const [filter, setFilter] = useState<AuditFilter>(NO_FILTER);
  /** Where each page begins; the last is the one shown. */
  const [cursors, setCursors] = useState<(number | undefined)[]>([undefined]);
  const { input, search } = auditQuery(filter);
  const cursor = cursors.at(-1);
  const entries = useQuery(
    useTRPC().audit.list.queryOptions(
      { ...input, ...(cursor === undefined ? {} : { cursor }), limit: PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <>
      <PageHead
        title="审计"
        about="登录与变更的流水,只增不改,新的在前。"
        actions={
          <Button href={`/api/console/audit?${search}`} download="audit.csv">
            下载 CSV
          </Button>
        }
      />
      <div className={css.panel}>
        <AuditFilters
          filter={filter}
          onChange={(next) => {
            setFilter(next);
            setCursors([undefined]);
          }}
        />
        <QueryView query={entries}>
          {({ entries: rows, nextCursor }) => (
            <>
              <AuditTable rows={rows} />
              <div className={css.between}>
                <Button disabled={cursors.length === 1} onClick={() => setCursors(cursors.slice(0, -1))}>
                  较新的
                </Button>
                <Button
                  disabled={nextCursor === null}
                  onClick={() => nextCursor !== null && setCursors([...cursors, nextCursor])}
                >
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
