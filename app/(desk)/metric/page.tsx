import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, prefetch, requireActor, trpc } from '@/app/_trpc/server';
import { MetricList } from '@/components/desk/MetricList';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: '指标 · 一屏' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** `/metric?asOf=2021-03-31`: every indicator of the catalogue, computed or why not, as known at an instant. */
export default async function Page({ searchParams }: Props) {
  await requireActor();
  const { asOf } = await searchParams;
  await prefetch(trpc.desk.list.queryOptions(typeof asOf === 'string' ? { asOf } : {}));
  return (
    <HydrationBoundary state={dehydrated()}>
      <MetricList />
    </HydrationBoundary>
  );
}
