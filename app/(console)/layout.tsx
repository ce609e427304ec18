import '@/components/shell/shell.css';
import { AntdRegistry } from '@ant-design/nextjs-registry';
import { HydrationBoundary } from '@tanstack/react-query';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { dehydrated, prefetch, requireActor, trpc } from '@/app/_trpc/server';
import { ConsoleShell } from '@/components/shell/ConsoleShell';
import { ThemeProvider } from '@/components/shell/ThemeProvider';
import { THEME_COOKIE, themeModeOf } from '@/components/shell/theme-mode';
import { ApiProvider } from '@/components/trpc/client';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  await requireActor();
  await prefetch(trpc.session.me.queryOptions());
  const mode = themeModeOf((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <AntdRegistry>
      <ApiProvider>
        <ThemeProvider initial={mode}>
          <HydrationBoundary state={dehydrated()}>
            <ConsoleShell>{children}</ConsoleShell>
          </HydrationBoundary>
        </ThemeProvider>
      </ApiProvider>
    </AntdRegistry>
  );
}
