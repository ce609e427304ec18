import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, prefetch, requireActor, trpc } from '@/app/_trpc/server';
import { DatasetPage } from './client';

type Params = Promise<{ name: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `数据集 ${(await params).name} · 控制台 · 一屏` };
}

export default async function Page({ params }: { params: Params }) {
  await requireActor();
  const { name } = await params;
  await prefetch(trpc.datasets.get.queryOptions({ name }));
  return (
    <HydrationBoundary state={dehydrated()}>
      <DatasetPage name={name} />
    </HydrationBoundary>
  );
}
