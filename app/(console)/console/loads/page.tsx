import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, prefetch, requireActor, trpc } from '@/app/_trpc/server';
import { LoadsPage } from './client';

export const metadata: Metadata = { title: '装载记录 · 控制台 · 一屏' };

export default async function Page() {
  await requireActor();
  await prefetch(trpc.loads.list.queryOptions({ limit: 50 }));
  return (
    <HydrationBoundary state={dehydrated()}>
      <LoadsPage />
    </HydrationBoundary>
  );
}
