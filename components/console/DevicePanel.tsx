'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form } from 'antd';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/client';
import type { ApiInputs, ApiOutputs } from '@/components/trpc/outputs';
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

type Device = ApiOutputs['devices']['list'][number];
type Input = ApiInputs['devices']['create'];

export function DevicePanel({ onSecret }: { onSecret: (secret: Secret) => void }) {
  const devices = useQuery(useTRPC().devices.list.queryOptions());
  const [creating, setCreating] = useState(false);
  return (
    <Panel
      title="大屏链接"
      extra={
        <Button type="primary" onClick={() => setCreating(true)}>
          新建大屏链接
        </Button>
      }
    >
      <QueryView query={devices}>{(rows) => <DeviceTable rows={rows} />}</QueryView>
      <CreateDevice open={creating} onClose={() => setCreating(false)} onSecret={onSecret} />
    </Panel>
  );
}

function DeviceTable({ rows }: { rows: Device[] }) {
  const { modal } = App.useApp();
  const revoke = useAct(useTRPC().devices.revoke.mutationOptions(), '大屏链接已撤销');
  return (
    <DataTable<Device>
      label="大屏链接"
      minWidth={820}
      rowKey="id"
      dataSource={rows}
      columns={[
        ...grantColumns<Device>(),
        { title: '最近在线', key: 'seen', render: (_, row) => whenZh(row.lastSeenAt) },
        {
          title: '操作',
          key: 'act',
          render: (_, row) =>
            isUsable(row) ? (
              <Button
                size="small"
                danger
                aria-label={`撤销大屏链接 ${row.name}`}
                onClick={() =>
                  modal.confirm({
                    title: `撤销大屏链接“${row.name}”?这块大屏会退出。`,
                    onOk: () => revoke.mutateAsync({ id: row.id }).catch(() => undefined),
                  })
                }
              >
                撤销
              </Button>
            ) : null,
        },
      ]}
      empty="还没有大屏链接"
    />
  );
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
  const submit = async ({ domains, validDays, ...values }: GrantValues) => {
    const { path, url } = await create.mutateAsync({
      ...values,
      domains: domains.length > 0 ? (domains as Input['domains']) : null,
      validDays: validDays ?? undefined,
    });
    await client.invalidateQueries();
    onSecret({
      title: `大屏链接“${values.name}”`,
      note: '在大屏的浏览器中打开一次。',
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
