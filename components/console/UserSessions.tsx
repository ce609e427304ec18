'use client';

import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTRPC } from '@/components/trpc/client';
import type { ApiOutputs } from '@/components/trpc/outputs';
import css from './console.module.css';
import { whenZh } from './format';
import { QueryView } from './QueryView';
import { useAct } from './use-act';

type User = ApiOutputs['users']['list'][number];

export function UserSessions({ user }: { user: User }) {
  const trpc = useTRPC();
  const sessions = useQuery(trpc.users.sessions.queryOptions({ id: user.id }));
  const end = useAct(trpc.users.endSessions.mutationOptions(), '已使其全部退出登录');
  return (
    <section aria-label="登录会话">
      <h2 className={css.sub}>登录会话</h2>
      <QueryView query={sessions}>
        {(rows) =>
          rows.length === 0 ? (
            <p>当前没有登录。</p>
          ) : (
            <>
              <ul className={css.list}>
                {rows.map((row) => (
                  <li key={row.id}>
                    {whenZh(row.createdAt)} 登录,最近活动 {whenZh(row.lastActiveAt)}
                    <div>
                      {row.address ?? '地址不明'} {browserOf(row.userAgent)}
                    </div>
                  </li>
                ))}
              </ul>
              <div className={css.between}>
                <Button danger loading={end.isPending} onClick={() => end.mutate({ id: user.id })}>
                  全部退出登录
                </Button>
              </div>
            </>
          )
        }
      </QueryView>
    </section>
  );
}

/** Enough to tell one's own browser from another. */
function browserOf(userAgent: string | null): string {
  const found = /(Edg|Firefox|Chrome|Safari)\/(\d+)/.exec(userAgent ?? '');
  return found ? `${found[1] === 'Edg' ? 'Edge' : found[1]} ${found[2]}` : '';
}
