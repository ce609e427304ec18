import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, prefetch, requireActor, trpc } from '@/app/_trpc/server';
import { DatasetsPage } from './client';

export const metadata: Metadata = { title: '数据集 · 控制台 · 一屏' };

export default async function Page() {
  await requireActor();
  await prefetch(trpc.datasets.list.queryOptions());
  return (
    <HydrationBoundary state={dehydrated()}>
      <DatasetsPage />
    </HydrationBoundary>
  );
}
