import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { dehydrated, prefetch, requireActor, trpc } from '@/app/_trpc/server';
import { instantOfAddress } from '@/components/screen/as-of-address';
import { Screen } from '@/components/screen/Screen';
import { homePath } from '@/components/shell/nav';
import { createQueryClient } from '@/components/trpc/query-client';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = { title: '山西省经济社会运行一屏' };

const SCREEN = 'province';

interface Props {
  searchParams: Promise<{ region?: string; asOf?: string }>;
}

/** `/`: the province wall. `?region=140400` opens it drilled, `?asOf=2026-01-31` as it was known then. Who may see no screen begins elsewhere. */
export default async function Page({ searchParams }: Props) {
  await requireActor();
  const me = await createQueryClient().fetchQuery(trpc.session.me.queryOptions());
  const home = homePath(me.capabilities);
  if (home !== '/') redirect(home);
  const { region, asOf } = await searchParams;
  const code = /^\d{6}$/.test(region ?? '') ? Number(region) : undefined;
  const { asOfMs } = instantOfAddress(asOf, Date.now());
  await prefetch(
    trpc.screens.read.queryOptions({
      screen: SCREEN,
      ...(code !== undefined && { region: code }),
      ...(asOfMs !== undefined && { asOfMs }),
    }),
  );
  return (
    <HydrationBoundary state={dehydrated()}>
      <Screen screen={SCREEN} region={code} asOf={asOf} me={me.kind === 'user' ? me : undefined} />
    </HydrationBoundary>
  );
}
