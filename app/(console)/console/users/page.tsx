import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, prefetch, requireActor, trpc } from '@/app/_trpc/server';
import { UsersPage } from './client';

export const metadata: Metadata = { title: '用户 · 控制台 · 一屏' };

export default async function Page() {
  await requireActor();
  await prefetch(trpc.users.list.queryOptions());
  return (
    <HydrationBoundary state={dehydrated()}>
      <UsersPage />
    </HydrationBoundary>
  );
}
