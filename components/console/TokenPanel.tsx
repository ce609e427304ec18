'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Select } from 'antd';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/client';
import type { ApiInputs, ApiOutputs } from '@/components/trpc/outputs';
import { actorZh } from '@/components/ui/actor';
import { ROLE_OPTIONS } from './CreateUserDialog';
import { DataTable } from './DataTable';
import { FormDialog } from './FormDialog';
import { whenZh } from './format';
import { GrantFields, type GrantValues } from './GrantFields';
import { grantColumns, isUsable } from './grant-columns';
import { Panel } from './Panel';
import { QueryView } from './QueryView';
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
  const trpc = useTRPC();
  const tokens = useQuery(trpc.tokens.list.queryOptions());
  const [creating, setCreating] = useState(false);
  return (
    <Panel
      title="接口令牌"
      extra={
        <Button type="primary" onClick={() => setCreating(true)}>
          新建令牌
        </Button>
      }
    >
      <QueryView query={tokens}>{(rows) => <TokenTable rows={rows} />}</QueryView>
      <CreateToken open={creating} onClose={() => setCreating(false)} onSecret={onSecret} />
    </Panel>
  );
}

function TokenTable({ rows }: { rows: Token[] }) {
  const { modal } = App.useApp();
  const revoke = useAct(useTRPC().tokens.revoke.mutationOptions(), '令牌已撤销');
  return (
    <DataTable<Token>
      label="接口令牌"
      minWidth={880}
      rowKey="id"
      dataSource={rows}
      columns={[
        ...grantColumns<Token>(),
        { title: '角色', key: 'role', render: (_, row) => word(ROLE_WORDS, row.role) },
        { title: '最近使用', key: 'used', render: (_, row) => whenZh(row.lastUsedAt) },
        {
          title: '操作',
          key: 'act',
          render: (_, row) =>
            isUsable(row) ? (
              <Button
                size="small"
                danger
                aria-label={`撤销令牌 ${actorZh(row.name)}`}
                onClick={() =>
                  modal.confirm({
                    title: `撤销令牌“${actorZh(row.name)}”?使用它的系统会立即被拒绝。`,
                    onOk: () => revoke.mutateAsync({ id: row.id }).catch(() => undefined),
                  })
                }
              >
                撤销
              </Button>
            ) : null,
        },
      ]}
      empty="还没有令牌"
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
  const submit = async ({ domains, validDays, ...values }: Values) => {
    const { token } = await create.mutateAsync({
      ...values,
      domains: domains.length > 0 ? (domains as Input['domains']) : null,
      validDays: validDays ?? undefined,
    });
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
