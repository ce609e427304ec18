'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import styles from '@/components/desk/desk.module.css';
import { AccountMenu } from '@/components/shell/AccountMenu';
import { DESK, mayUse, navFor, rolesFor } from '@/components/shell/nav';
import { OtherFaces } from '@/components/shell/OtherFaces';
import { Refused } from '@/components/shell/Refused';
import { useThemeMode } from '@/components/shell/ThemeProvider';
import { useTRPC } from '@/components/trpc/client';

/** The desk around its pages: where one is, where else one can go, the theme, the account. */
export function Desk({ children }: { children: ReactNode }) {
  const { data: me } = useSuspenseQuery(useTRPC().session.me.queryOptions());
  const { mode, toggle } = useThemeMode();
  return (
    <div className="desk">
      <a className={styles.skip} href="#main">
        跳到正文
      </a>
      <header className={styles.header}>
        <Link className={styles.brand} href="/metric">
          一屏 <span>指标</span>
        </Link>
        <OtherFaces shown="desk" capabilities={me.capabilities} className={styles.outward} />
        <button type="button" className={styles.button} onClick={toggle} aria-pressed={mode === 'light'}>
          浅色
        </button>
        <AccountMenu me={me} />
      </header>
      <main id="main" className={styles.main} tabIndex={-1}>
        {mayUse(DESK, me.capabilities) ? (
          children
        ) : (
          <Refused
            me={me}
            page={`“${DESK.title}”`}
            roles={rolesFor(DESK, me.holders)}
            groups={navFor(me.capabilities)}
          />
        )}
      </main>
    </div>
  );
}
