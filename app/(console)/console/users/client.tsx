'use client';

import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { CreateUserDialog } from '@/components/console/CreateUserDialog';
import css from '@/components/console/console.module.css';
import { PageHead } from '@/components/console/PageHead';
import { QueryView } from '@/components/console/QueryView';
import { type Secret, SecretDialog } from '@/components/console/SecretDialog';
import { UserDrawer } from '@/components/console/UserDrawer';
import { UserTable } from '@/components/console/UserTable';
import { useCan } from '@/components/console/use-can';
import { useTRPC } from '@/components/trpc/client';

export function UsersPage() {
  const users = useQuery(useTRPC().users.list.queryOptions());
  const mayWrite = useCan('user:write');
  const [creating, setCreating] = useState(false);
  const [chosenId, setChosenId] = useState<string>();
  const [secret, setSecret] = useState<Secret>();
  const chosen = users.data?.find(({ id }) => id === chosenId);
  return (
    <>
      <PageHead
        title="用户"
        about="账号、角色与数据范围。范围在读取数据处生效;停用或重置密码立即使其退出登录。"
        actions={
          mayWrite ? (
            <Button type="primary" onClick={() => setCreating(true)}>
              新建用户
            </Button>
          ) : undefined
        }
      />
      <div className={css.panel}>
        <QueryView query={users}>
          {(rows) => <UserTable rows={rows} onChoose={mayWrite ? setChosenId : undefined} />}
        </QueryView>
      </div>
      <CreateUserDialog open={creating} onClose={() => setCreating(false)} onSecret={setSecret} />
      <UserDrawer user={chosen} onClose={() => setChosenId(undefined)} onSecret={setSecret} />
      <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />
    </>
  );
}
