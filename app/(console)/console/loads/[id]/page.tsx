import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, prefetch, requireActor, trpc } from '@/app/_trpc/server';
import { LoadPage } from './client';

export const metadata: Metadata = { title: '装载详情 · 控制台 · 一屏' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  await requireActor();
  const { id } = await params;
  await prefetch(trpc.loads.get.queryOptions({ id }));
  return (
    <HydrationBoundary state={dehydrated()}>
      <LoadPage id={id} />
    </HydrationBoundary>
  );
}
