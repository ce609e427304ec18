'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useTRPC } from '@/components/trpc/client';
import type { ApiInputs } from '@/components/trpc/outputs';
import { FormDialog } from './FormDialog';
import { ScopeFields, type ScopeValues, WHOLE_PROVINCE } from './ScopeFields';
import type { Secret } from './SecretDialog';
import { ROLE_WORDS } from './words';

type CreateInput = ApiInputs['users']['create'];

interface Values extends ScopeValues {
  username: string;
  name: string;
  role: CreateInput['role'];
  password?: string;
}

export const ROLE_OPTIONS = Object.entries(ROLE_WORDS).map(([value, label]) => ({ value, label }));

interface Props {
  open: boolean;
  onClose: () => void;
  /** The generated password, shown once. */
  onSecret: (secret: Secret) => void;
}

export function CreateUserDialog({ open, onClose, onSecret }: Props) {
  const [form] = Form.useForm<Values>();
  const client = useQueryClient();
  const create = useMutation(useTRPC().users.create.mutationOptions());
  const submit = async ({ domains, password, ...values }: Values) => {
    const made = await create.mutateAsync({
      ...values,
      domains: domains.length > 0 ? (domains as CreateInput['domains']) : null,
      password: password || undefined,
    });
    await client.invalidateQueries();
    if (made.generatedPassword !== null)
      onSecret({
        title: `${made.username} 的初始密码`,
        note: '请当面或经安全渠道交给本人。',
        text: made.generatedPassword,
      });
  };
  return (
    <FormDialog<Values>
      open={open}
      title="新建用户"
      okText="新建"
      form={form}
      initial={{ username: '', name: '', role: 'leader', ...WHOLE_PROVINCE }}
      fields={['username', 'name', 'role', 'regions', 'domains', 'password']}
      submit={submit}
      onClose={onClose}
    >
      <Form.Item name="username" label="用户名" rules={[{ required: true, message: '请填写用户名' }]}>
        <Input autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item name="name" label="姓名" rules={[{ required: true, message: '请填写姓名' }]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="role" label="角色">
        <Select options={ROLE_OPTIONS} />
      </Form.Item>
      <ScopeFields />
      <Form.Item name="password" label="密码" extra="留空则自动生成,只显示一次">
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </FormDialog>
  );
}
