import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, prefetch, requireActor, trpc } from '@/app/_trpc/server';
import { MetricList } from '@/components/desk/MetricList';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: '指标 · 一屏' };

/** `/metric`: every indicator of the catalogue, computed or why not. */
export default async function Page() {
  await requireActor();
  await prefetch(trpc.desk.list.queryOptions({}));
  return (
    <HydrationBoundary state={dehydrated()}>
      <MetricList />
    </HydrationBoundary>
  );
}
