import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, prefetch, requireActor, trpc } from '@/app/_trpc/server';
import { OverviewPage } from './client';

export const metadata: Metadata = { title: '运行概况 · 控制台 · 一屏' };

export default async function Page() {
  await requireActor();
  await Promise.all([
    prefetch(trpc.datasets.list.queryOptions()),
    prefetch(trpc.definitions.counts.queryOptions()),
    prefetch(trpc.jobs.list.queryOptions()),
    prefetch(trpc.loads.list.queryOptions({ limit: 20 })),
  ]);
  return (
    <HydrationBoundary state={dehydrated()}>
      <OverviewPage />
    </HydrationBoundary>
  );
}
