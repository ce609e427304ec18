'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, Select } from 'antd';
import { useTRPC } from '@/components/trpc/client';
import type { ApiInputs, ApiOutputs } from '@/components/trpc/outputs';
import { ROLE_OPTIONS } from './CreateUserDialog';
import { FormDialog } from './FormDialog';
import { whenZh } from './format';
import { GrantFields, type GrantValues, grantInput } from './GrantFields';
import { GrantPanel } from './GrantPanel';
import { WHOLE_PROVINCE } from './ScopeFields';
import type { Secret } from './SecretDialog';
import { useAct } from './use-act';
import { ROLE_WORDS, word } from './words';

type Token = ApiOutputs['tokens']['list'][number];
type Input = ApiInputs['tokens']['create'];

interface Values extends GrantValues {
  role: Input['role'];
}

export function TokenPanel({ onSecret }: { onSecret: (secret: Secret) => void }) {
  const { tokens } = useTRPC();
  const revoke = useAct(tokens.revoke.mutationOptions(), '令牌已撤销');
  return (
    <GrantPanel<Token>
      title="接口令牌"
      noun="令牌"
      query={useQuery(tokens.list.queryOptions())}
      columns={[
        { title: '角色', key: 'role', render: (_, row) => word(ROLE_WORDS, row.role) },
        { title: '最近使用', key: 'used', render: (_, row) => whenZh(row.lastUsedAt) },
      ]}
      minWidth={880}
      warning="使用它的系统会立即被拒绝。"
      revoke={revoke.mutateAsync}
      dialog={(state) => <CreateToken {...state} onSecret={onSecret} />}
    />
  );
}

interface CreateProps {
  open: boolean;
  onClose: () => void;
  onSecret: (secret: Secret) => void;
}

function CreateToken({ open, onClose, onSecret }: CreateProps) {
  const [form] = Form.useForm<Values>();
  const client = useQueryClient();
  const create = useMutation(useTRPC().tokens.create.mutationOptions());
  const submit = async ({ role, ...values }: Values) => {
    const { token } = await create.mutateAsync({ role, ...grantInput(values) });
    await client.invalidateQueries();
    onSecret({
      title: `令牌“${values.name}”`,
      note: '调用接口时放在请求头 Authorization: Bearer 之后。',
      text: token,
    });
  };
  return (
    <FormDialog<Values>
      open={open}
      title="新建令牌"
      okText="新建"
      form={form}
      initial={{ name: '', role: 'analyst', validDays: 365, ...WHOLE_PROVINCE }}
      fields={['name', 'role', 'regions', 'domains', 'validDays']}
      submit={submit}
      onClose={onClose}
    >
      <GrantFields hint="例:气象局推送" />
      <Form.Item name="role" label="角色" extra="推送数据用运维员,读取用分析员">
        <Select options={ROLE_OPTIONS} />
      </Form.Item>
    </FormDialog>
  );
}
