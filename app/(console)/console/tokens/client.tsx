'use client';

import { useState } from 'react';
import { DevicePanel } from '@/components/console/DevicePanel';
import { PageHead } from '@/components/console/PageHead';
import { type Secret, SecretDialog } from '@/components/console/SecretDialog';
import { TokenPanel } from '@/components/console/TokenPanel';

export function TokensPage() {
  const [secret, setSecret] = useState<Secret>();
  return (
    <>
      <PageHead
        title="令牌与大屏"
        about="别的系统以令牌调用接口;大屏以设备链接免键盘登录。密文只显示一次,撤销立即生效。"
      />
      <TokenPanel onSecret={setSecret} />
      <DevicePanel onSecret={setSecret} />
      <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />
    </>
  );
}
