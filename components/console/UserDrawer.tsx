'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Drawer, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/client';
import type { ApiInputs, ApiOutputs } from '@/components/trpc/outputs';
import { ROLE_OPTIONS } from './CreateUserDialog';
import css from './console.module.css';
import { placeProblem } from './form-problem';
import { ScopeFields, type ScopeValues } from './ScopeFields';
import type { Secret } from './SecretDialog';
import { UserActions } from './UserActions';
import { UserSessions } from './UserSessions';

type User = ApiOutputs['users']['list'][number];
type Update = ApiInputs['users']['update'];

interface Values extends ScopeValues {
  name: string;
  role: NonNullable<Update['role']>;
}

interface Props {
  user: User | undefined;
  onClose: () => void;
  onSecret: (secret: Secret) => void;
}

export function UserDrawer({ user, onClose, onSecret }: Props) {
  return (
    <Drawer
      open={user !== undefined}
      onClose={onClose}
      title={user ? `${user.name}(${user.username})` : ''}
      size={480}
      destroyOnHidden
    >
      {user ? (
        <div className={css.stack}>
          <UserForm key={user.id} user={user} />
          <UserActions user={user} onSecret={onSecret} />
          <UserSessions user={user} />
        </div>
      ) : null}
    </Drawer>
  );
}

function UserForm({ user }: { user: User }) {
  const [form] = Form.useForm<Values>();
  const [problem, setProblem] = useState<string | null>(null);
  const { message } = App.useApp();
  const client = useQueryClient();
  const update = useMutation(useTRPC().users.update.mutationOptions());
  const save = async ({ domains, ...values }: Values) => {
    setProblem(null);
    try {
      await update.mutateAsync({
        id: user.id,
        ...values,
        domains: domains.length > 0 ? (domains as Update['domains']) : null,
      });
      message.success('已保存');
      await client.invalidateQueries();
    } catch (error) {
      setProblem(placeProblem(form, error, ['name', 'role', 'regions', 'domains']));
    }
  };
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      initialValues={{
        name: user.name,
        role: user.role as Values['role'],
        regions: user.regions,
        domains: user.domains ?? [],
      }}
      onFinish={(values) => void save(values)}
    >
      {problem ? <Alert type="error" showIcon title={problem} /> : null}
      <Form.Item name="name" label="姓名" rules={[{ required: true, message: '请填写姓名' }]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="role" label="角色">
        <Select options={ROLE_OPTIONS} />
      </Form.Item>
      <ScopeFields />
      <Button type="primary" htmlType="submit" loading={update.isPending}>
        保存
      </Button>
    </Form>
  );
}
