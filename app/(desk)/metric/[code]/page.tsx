import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, prefetch, requireActor, trpc } from '@/app/_trpc/server';
import { MetricPage } from '@/components/desk/MetricPage';
import { metricInput } from '@/components/desk/metric-input';

export const dynamic = 'force-dynamic';

interface Props {
  params: Promise<{ code: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${(await params).code} · 指标 · 一屏` };
}

/** `/metric/gdp?region=140100&freq=A&asOf=2021-03-31`: one metric, as known at an instant. */
export default async function Page({ params, searchParams }: Props) {
  await requireActor();
  const { code } = await params;
  const query = await searchParams;
  const input = metricInput(code, (name) => {
    const value = query[name];
    return typeof value === 'string' ? value : null;
  });
  await prefetch(trpc.desk.metric.queryOptions(input));
  return (
    <HydrationBoundary state={dehydrated()}>
      <MetricPage code={code} />
    </HydrationBoundary>
  );
}
