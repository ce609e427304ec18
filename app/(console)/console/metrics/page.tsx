import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, prefetch, requireActor, trpc } from '@/app/_trpc/server';
import { MetricsPage } from './client';

export const metadata: Metadata = { title: '指标口径 · 控制台 · 一屏' };

export default async function Page() {
  await requireActor();
  await prefetch(trpc.definitions.list.queryOptions());
  return (
    <HydrationBoundary state={dehydrated()}>
      <MetricsPage />
    </HydrationBoundary>
  );
}
