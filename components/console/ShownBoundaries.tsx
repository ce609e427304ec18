'use client';

import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import type { ApiOutputs } from '@/components/trpc/outputs';
import { actorZh } from '@/components/ui/actor';
import type { BoundaryTopology } from '@/metrics/geo/boundary-topology';
import { BoundaryPicture } from './BoundaryPicture';
import css from './boundaries.module.css';
import { whenZh } from './format';
import { Mark } from './Mark';
import { Facts } from './Panel';
import { QueryView } from './QueryView';

type BoundarySet = ApiOutputs['boundaries']['list'][number];

const answerSchema = z.object({
  sourceLine: z.string(),
  approvalNumber: z.string().nullable(),
  topology: z.custom<BoundaryTopology>((value) => typeof value === 'object' && value !== null),
});

/** What every map gets, by the same door. */
async function readShown(): Promise<z.infer<typeof answerSchema>> {
  const response = await fetch('/api/boundaries');
  if (!response.ok) throw new Error(`边界没有读到(${response.status})`);
  return answerSchema.parse(await response.json());
}

export function ShownBoundaries({ sets }: { sets: BoundarySet[] }) {
  const active = sets.find((row) => row.active);
  const shown = useQuery({ queryKey: ['boundaries', active?.id ?? 'shipped'], queryFn: readShown });
  return (
    <QueryView query={shown}>
      {({ sourceLine, approvalNumber, topology }) => (
        <div className={css.shown}>
          <BoundaryPicture topology={topology} label="正在使用的边界" />
          <div>
            <p>地图上的来源说明:{sourceLine}</p>
            <Facts
              items={[
                ['名称', active ? active.name : '随产品提供的边界'],
                [
                  '审图号',
                  approvalNumber ?? (
                    <Mark key="none" tone="warn">
                      无审图号
                    </Mark>
                  ),
                ],
                ['县(市、区)', `${topology.objects.county.geometries.length} 个`],
                ['导入', active ? `${whenZh(active.createdAt)} ${actorZh(active.createdBy)}` : '—'],
              ]}
            />
          </div>
        </div>
      )}
    </QueryView>
  );
}
