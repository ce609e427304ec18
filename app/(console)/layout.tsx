import '@/components/shell/shell.css';
import { AntdRegistry } from '@ant-design/nextjs-registry';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { requireActor, trpc } from '@/app/_trpc/server';
import { ConsoleShell } from '@/components/shell/ConsoleShell';
import { ThemeProvider } from '@/components/shell/ThemeProvider';
import { THEME_COOKIE, themeModeOf } from '@/components/shell/theme-mode';
import { ApiProvider } from '@/components/trpc/client';
import { createQueryClient } from '@/components/trpc/query-client';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  await requireActor();
  // Handed over as it is: dehydrated here, it would take along what the page beside is still reading.
  const me = await createQueryClient().fetchQuery(trpc.session.me.queryOptions());
  const mode = themeModeOf((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <AntdRegistry>
      <ApiProvider>
        <ThemeProvider initial={mode}>
          <ConsoleShell me={me}>{children}</ConsoleShell>
        </ThemeProvider>
      </ApiProvider>
    </AntdRegistry>
  );
}
