import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, prefetch, requireActor, trpc } from '@/app/_trpc/server';
import { CalendarPage } from './client';

export const metadata: Metadata = { title: '统计日历 · 控制台 · 一屏' };

export default async function Page() {
  await requireActor();
  await Promise.all([
    prefetch(trpc.calendar.holidays.queryOptions()),
    prefetch(trpc.calendar.releases.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={dehydrated()}>
      <CalendarPage />
    </HydrationBoundary>
  );
}
