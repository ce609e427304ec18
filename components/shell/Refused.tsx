import Link from 'next/link';
import type { ApiOutputs } from '@/components/trpc/outputs';
import css from './console-shell.module.css';
import type { NavGroup } from './nav';

interface RefusedProps {
  me: ApiOutputs['session']['me'];
  page: string;
  roles?: string[];
  groups?: NavGroup[];
}

/** In place of a page: that it is not for this role, for whom it is, and where this role can go. */
export function Refused({ me, page, roles = [], groups = [] }: RefusedProps) {
  const others = groups.flatMap(({ items }) => items);
  return (
    <section className={css.refused}>
      <h1>
        {me.roleTitle}角色不能使用{page}
      </h1>
      {roles.length > 0 ? <p>{roles.join('、')}可以使用。需要时请联系管理员调整角色。</p> : null}
      {roles.length === 0 ? <p>需要时请联系管理员调整角色。</p> : null}
      <p className={css.refusedWays}>
        {others.length > 0 ? '您可以使用:' : '请返回:'}
        {others.map(({ href, title }) => (
          <Link key={href} href={href}>
            {title}
          </Link>
        ))}
        {me.capabilities.includes('screen:read') ? <a href="/">大屏</a> : null}
      </p>
    </section>
  );
}
