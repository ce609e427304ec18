import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, prefetch, requireActor, trpc } from '@/app/_trpc/server';
import { MetricPage } from './client';

type Params = Promise<{ code: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `口径 ${(await params).code} · 控制台 · 一屏` };
}

export default async function Page({ params }: { params: Params }) {
  await requireActor();
  const { code } = await params;
  await prefetch(trpc.definitions.get.queryOptions({ code }));
  return (
    <HydrationBoundary state={dehydrated()}>
      <MetricPage code={code} />
    </HydrationBoundary>
  );
}
