import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, prefetch, requireActor, trpc } from '@/app/_trpc/server';
import { JobsPage } from './client';

export const metadata: Metadata = { title: '计算任务 · 控制台 · 一屏' };

export default async function Page() {
  await requireActor();
  await Promise.all([
    prefetch(trpc.jobs.list.queryOptions()),
    prefetch(trpc.jobs.runs.queryOptions({ withWork: true, limit: 50 })),
  ]);
  return (
    <HydrationBoundary state={dehydrated()}>
      <JobsPage />
    </HydrationBoundary>
  );
}
