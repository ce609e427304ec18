'use client';

import { App, Button } from 'antd';
import { useTRPC } from '@/components/trpc/client';
import type { ApiOutputs } from '@/components/trpc/outputs';
import css from './console.module.css';
import type { Secret } from './SecretDialog';
import { useAct } from './use-act';

type User = ApiOutputs['users']['list'][number];

export function UserActions({ user, onSecret }: { user: User; onSecret: (secret: Secret) => void }) {
  const trpc = useTRPC();
  const { modal } = App.useApp();
  const disable = useAct(
    trpc.users.setDisabled.mutationOptions(),
    user.disabledAt ? '账号已启用' : '账号已停用,并已退出登录',
  );
  const unlock = useAct(trpc.users.unlock.mutationOptions(), '已解锁');
  const reset = useAct(trpc.users.resetPassword.mutationOptions(), '密码已重置,原有登录已失效');
  const { id, username, disabledAt } = user;
  const confirm = (title: string, work: () => Promise<unknown>) =>
    // A failure is told by the action itself; the dialog closes either way.
    modal.confirm({ title, onOk: () => work().catch(() => undefined) });
  const resetNow = async () => {
    const { generatedPassword } = await reset.mutateAsync({ id });
    if (generatedPassword !== null)
      onSecret({
        title: `${username} 的新密码`,
        note: '请当面或经安全渠道交给本人。',
        text: generatedPassword,
      });
  };
  const toggle = () => disable.mutateAsync({ id, disabled: disabledAt === null });
  return (
    <div className={css.actions}>
      <Button onClick={() => confirm(`重置 ${username} 的密码?`, resetNow)}>重置密码</Button>
      {user.lockedUntil ? <Button onClick={() => unlock.mutate({ id })}>解锁</Button> : null}
      {disabledAt ? (
        <Button loading={disable.isPending} onClick={() => void toggle().catch(() => undefined)}>
          启用账号
        </Button>
      ) : (
        <Button danger onClick={() => confirm(`停用 ${username}?其登录会立即失效。`, toggle)}>
          停用账号
        </Button>
      )}
    </div>
  );
}
