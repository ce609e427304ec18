'use client';

import { App, Button, type TableProps } from 'antd';
import { useTRPC } from '@/components/trpc/client';
import type { ApiOutputs } from '@/components/trpc/outputs';
import { actorZh } from '@/components/ui/actor';
import css from './boundaries.module.css';
import { DataTable } from './DataTable';
import { whenZh } from './format';
import { Mark } from './Mark';
import { useAct } from './use-act';

type BoundarySet = ApiOutputs['boundaries']['list'][number];

export function BoundarySets({ sets, mayWrite }: { sets: BoundarySet[]; mayWrite: boolean }) {
  const trpc = useTRPC();
  const { modal } = App.useApp();
  const activate = useAct(trpc.boundaries.activate.mutationOptions(), '地图已换用这套边界');
  const remove = useAct(trpc.boundaries.remove.mutationOptions(), '已删除');
  const columns: TableProps<BoundarySet>['columns'] = [
    { title: '名称', key: 'name', dataIndex: 'name' },
    {
      title: '审图号',
      key: 'number',
      render: (_, row) => row.approvalNumber ?? <Mark tone="warn">无审图号</Mark>,
    },
    { title: '来源说明', key: 'source', dataIndex: 'sourceLine' },
    { title: '导入', key: 'at', render: (_, row) => `${whenZh(row.createdAt)} ${actorZh(row.createdBy)}` },
    {
      title: '使用',
      key: 'active',
      render: (_, row) => (row.active ? <Mark tone="good">使用中</Mark> : '—'),
    },
    {
      title: '操作',
      key: 'act',
      hidden: !mayWrite,
      render: (_, row) =>
        row.active ? (
          <Button size="small" loading={activate.isPending} onClick={() => activate.mutate({ id: null })}>
            改用随产品提供的
          </Button>
        ) : (
          <div className={css.buttons}>
            <Button size="small" loading={activate.isPending} onClick={() => activate.mutate({ id: row.id })}>
              启用
            </Button>
            <Button
              size="small"
              danger
              onClick={() =>
                modal.confirm({
                  title: `删除边界“${row.name}”?`,
                  onOk: () => remove.mutateAsync({ id: row.id }).catch(() => undefined),
                })
              }
            >
              删除
            </Button>
          </div>
        ),
    },
  ];
  return (
    <DataTable
      label="已导入的边界"
      minWidth={820}
      rowKey="id"
      dataSource={sets}
      columns={columns}
      empty="还没有导入过边界,地图使用随产品提供的边界"
    />
  );
}
