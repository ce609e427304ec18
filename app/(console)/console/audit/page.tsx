import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, prefetch, requireActor, trpc } from '@/app/_trpc/server';
import { AuditPage } from './client';

export const metadata: Metadata = { title: '审计 · 控制台 · 一屏' };

export default async function Page() {
  await requireActor();
  await prefetch(trpc.audit.list.queryOptions({ limit: 50 }));
  return (
    <HydrationBoundary state={dehydrated()}>
      <AuditPage />
    </HydrationBoundary>
  );
}
