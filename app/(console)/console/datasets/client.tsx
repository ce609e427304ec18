'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import css from '@/components/console/console.module.css';
import { DatasetTable } from '@/components/console/DatasetTable';
import { PageHead } from '@/components/console/PageHead';
import { QueryView } from '@/components/console/QueryView';
import { useTRPC } from '@/components/trpc/client';

export function DatasetsPage() {
  const datasets = useQuery(useTRPC().datasets.list.queryOptions());
  return (
    <>
      <PageHead
        title="数据集"
        about="每个数据集有一份契约:列、类型、单位、业务键、迟到期限与校验规则。行数只计您数据范围内的区划。"
      />
      <div className={css.panel}>
        <QueryView query={datasets}>{(rows) => <DatasetTable rows={rows} />}</QueryView>
      </div>
      <p className={css.soft}>
        上传文件请打开数据集;全部装载见<Link href="/console/loads">装载记录</Link>。
      </p>
    </>
  );
}
