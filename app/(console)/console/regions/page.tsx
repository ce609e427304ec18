import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, prefetch, requireActor, trpc } from '@/app/_trpc/server';
import { RegionsPage } from './client';

export const metadata: Metadata = { title: '行政区边界 · 控制台 · 一屏' };

export default async function Page() {
  await requireActor();
  await prefetch(trpc.boundaries.list.queryOptions());
  return (
    <HydrationBoundary state={dehydrated()}>
      <RegionsPage />
    </HydrationBoundary>
  );
}
