'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Form } from 'antd';
import { useTRPC } from '@/components/trpc/client';
import type { ApiOutputs } from '@/components/trpc/outputs';
import { FormDialog } from './FormDialog';
import { whenZh } from './format';
import { GrantFields, type GrantValues, grantInput } from './GrantFields';
import { GrantPanel } from './GrantPanel';
import { WHOLE_PROVINCE } from './ScopeFields';
import type { Secret } from './SecretDialog';
import { useAct } from './use-act';

type Device = ApiOutputs['devices']['list'][number];

export function DevicePanel({ onSecret }: { onSecret: (secret: Secret) => void }) {
  const { devices } = useTRPC();
  const revoke = useAct(devices.revoke.mutationOptions(), '大屏链接已撤销');
  return (
    <GrantPanel<Device>
      title="大屏链接"
      noun="大屏链接"
      query={useQuery(devices.list.queryOptions())}
      columns={[{ title: '最近在线', key: 'seen', render: (_, row) => whenZh(row.lastSeenAt) }]}
      minWidth={820}
      warning="这块大屏会退出。"
      revoke={revoke.mutateAsync}
      dialog={(state) => <CreateDevice {...state} onSecret={onSecret} />}
    />
  );
}

const ONLY_HERE = '其中的地址只在本机有效,大屏在别的电脑上时请换成本机在网络上的地址。';

function isThisMachine(): boolean {
  return /^(localhost|127\.|\[::1\])/.test(window.location.hostname);
}

interface CreateProps {
  open: boolean;
  onClose: () => void;
  onSecret: (secret: Secret) => void;
}

function CreateDevice({ open, onClose, onSecret }: CreateProps) {
  const [form] = Form.useForm<GrantValues>();
  const client = useQueryClient();
  const create = useMutation(useTRPC().devices.create.mutationOptions());
  const submit = async (values: GrantValues) => {
    const { path, url } = await create.mutateAsync(grantInput(values));
    await client.invalidateQueries();
    onSecret({
      title: `大屏链接“${values.name}”`,
      note: `在大屏的浏览器中打开一次。${url === null && isThisMachine() ? ONLY_HERE : ''}`,
      // Without PUBLIC_URL the address of this page is the best known one.
      text: url ?? new URL(path, window.location.origin).href,
    });
  };
  return (
    <FormDialog<GrantValues>
      open={open}
      title="新建大屏链接"
      okText="新建"
      form={form}
      initial={{ name: '', validDays: null, ...WHOLE_PROVINCE }}
      fields={['name', 'regions', 'domains', 'validDays']}
      submit={submit}
      onClose={onClose}
    >
      <GrantFields hint="例:一楼指挥大厅" />
    </FormDialog>
  );
}
