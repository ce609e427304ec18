import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ApiOutputs } from '@/components/trpc/outputs';
import { actorZh } from '@/components/ui/actor';
import { bytesZh, countZh, durationZh, whenZh } from './format';
import { LoadState, RejectedCount } from './LoadTable';
import { DemoMark } from './Mark';
import { Facts } from './Panel';
import { ORIGIN_WORDS, word } from './words';

type Load = ApiOutputs['loads']['get'];

export function LoadFacts({ load }: { load: Load }) {
  const took = load.finishedAtMs === null ? null : load.finishedAtMs - load.receivedAtMs;
  const items: [string, ReactNode][] = [
    [
      '数据集',
      <Link key="dataset" href={`/console/datasets/${load.dataset}`}>
        {load.datasetTitle}
      </Link>,
    ],
    ['状态', <LoadState key="state" load={{ ...load, error: null }} />],
    ['数据性质', load.provenance === 'demo' ? <DemoMark key="demo" /> : '真实数据'],
    ['新增', `${countZh(load.accepted)} 行`],
    ['更正', `${countZh(load.corrected)} 行`],
    ['重复', `${countZh(load.duplicate)} 行`],
    ['拒收', <RejectedCount key="rejected" load={load} unit=" 行" />],
    ['最早业务时间', whenZh(load.minTimeMs)],
    ['最晚业务时间', whenZh(load.maxTimeMs)],
    ['来源', `${word(ORIGIN_WORDS, load.origin)},${actorZh(load.actorName)}`],
    ['收到', whenZh(load.receivedAtMs)],
    ['用时', durationZh(took)],
    ['大小', bytesZh(load.sizeBytes)],
    ['装载编号', load.id],
  ];
  if (load.mendsLoadId)
    items.push([
      '修正的装载',
      <Link key="mends" href={`/console/loads/${load.mendsLoadId}`}>
        {load.mendsLoadId.slice(0, 8)}
      </Link>,
    ]);
  return <Facts items={items} />;
}
