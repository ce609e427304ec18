import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, prefetch, requireActor, trpc } from '@/app/_trpc/server';
import { TokensPage } from './client';

export const metadata: Metadata = { title: '令牌与大屏 · 控制台 · 一屏' };

export default async function Page() {
  await requireActor();
  await Promise.all([prefetch(trpc.tokens.list.queryOptions()), prefetch(trpc.devices.list.queryOptions())]);
  return (
    <HydrationBoundary state={dehydrated()}>
      <TokensPage />
    </HydrationBoundary>
  );
}
