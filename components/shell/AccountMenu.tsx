'use client';

import { Popover } from 'antd';
import type { ApiOutputs } from '@/components/trpc/outputs';
import css from './console-shell.module.css';

/** Signing out is a plain form: it works whatever the page's state. */
export function AccountMenu({ me }: { me: ApiOutputs['session']['me'] }) {
  const content = (
    <section className={css.account} aria-label="账号">
      <p>
        {me.name} · {me.roleTitle}
      </p>
      <p>数据范围:区划 {me.regions.join('、')}</p>
      <p>领域:{me.domains === null ? '全部' : `${me.domains.length} 个`}</p>
      <form method="post" action="/api/auth/sign-out">
        <button type="submit" className={css.signOut}>
          退出登录
        </button>
      </form>
    </section>
  );
  return (
    <Popover content={content} trigger="click" placement="bottomRight">
      <button type="button" className={css.accountButton}>
        <span className={css.accountName}>{me.name}</span>
        <span className={css.role}>{me.roleTitle}</span>
      </button>
    </Popover>
  );
}
