'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { useTRPC } from '@/components/trpc/client';
import type { ApiOutputs } from '@/components/trpc/outputs';
import { AccountMenu } from './AccountMenu';
import css from './console-shell.module.css';
import { isCurrent, mayUse, type NavGroup, navFor, navItemOf, rolesFor } from './nav';
import { OtherFaces } from './OtherFaces';
import { Refused } from './Refused';
import { useThemeMode } from './ThemeProvider';

type Me = ApiOutputs['session']['me'];

export function ConsoleShell({ me: initial, children }: { me: Me; children: ReactNode }) {
  const { data: me } = useQuery(useTRPC().session.me.queryOptions(undefined, { initialData: initial }));
  const path = usePathname();
  const [open, setOpen] = useState(false);
  const groups = navFor(me.capabilities);
  // biome-ignore lint/correctness/useExhaustiveDependencies: going to another page closes the menu of a phone
  useEffect(() => setOpen(false), [path]);
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#main">
        跳到正文
      </a>
      <header className={css.header}>
        {groups.length > 0 ? (
          <button
            type="button"
            className={css.menuButton}
            aria-expanded={open}
            aria-controls="console-nav"
            onClick={() => setOpen(!open)}
          >
            菜单
          </button>
        ) : null}
        <Link className={css.brand} href="/console">
          一屏 <span>控制台</span>
        </Link>
        <OtherFaces shown="console" capabilities={me.capabilities} className={css.outward} />
        <ThemeSwitch />
        <AccountMenu me={me} />
      </header>
      <Navigation groups={groups} path={path} open={open} />
      <main id="main" className={css.main} tabIndex={-1}>
        <Admitted me={me} path={path} groups={groups}>
          {children}
        </Admitted>
      </main>
    </div>
  );
}

function Navigation({ groups, path, open }: { groups: NavGroup[]; path: string; open: boolean }) {
  if (groups.length === 0) return null;
  return (
    <nav id="console-nav" className={css.nav} data-open={open} aria-label="控制台">
      {groups.map((group) => (
        <section key={group.title} aria-label={group.title}>
          <p className={css.groupTitle}>{group.title}</p>
          <ul>
            {group.items.map(({ href, title }) => (
              <li key={href}>
                <Link href={href} aria-current={isCurrent(path, href) ? 'page' : undefined}>
                  {title}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function ThemeSwitch() {
  const { mode, toggle } = useThemeMode();
  return (
    <button type="button" className={css.theme} onClick={toggle} aria-pressed={mode === 'light'}>
      浅色
    </button>
  );
}

/** The page, or in its place one word that it is not for this role, and for whom it is. */
function Admitted({ me, path, groups, children }: AdmittedProps) {
  const item = navItemOf(path);
  if (!item || mayUse(item, me.capabilities))
    return groups.length > 0 ? children : <Refused me={me} page="控制台" />;
  return <Refused me={me} page={`“${item.title}”`} roles={rolesFor(item, me.holders)} groups={groups} />;
}

interface AdmittedProps {
  me: Me;
  path: string;
  groups: NavGroup[];
  children: ReactNode;
}
