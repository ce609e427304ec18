'use client';

import { Popover } from 'antd';
import type { ApiOutputs } from '@/components/trpc/outputs';
import { AccountFacts } from './AccountFacts';
import css from './console-shell.module.css';

export function AccountMenu({ me }: { me: ApiOutputs['session']['me'] }) {
  const content = (
    <section className={css.account} aria-label="账号">
      <AccountFacts me={me} buttonClass={css.signOut} />
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
