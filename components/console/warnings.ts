import type { ApiOutputs } from '@/components/trpc/outputs';
import type { Tone } from './Mark';

export interface Warning {
  key: string;
  tone: Extract<Tone, 'bad' | 'warn'>;
  text: string;
  href: string;
}

type Dataset = Pick<ApiOutputs['datasets']['list'][number], 'name' | 'title' | 'freshness' | 'lastLoad'>;
type Load = Pick<
  ApiOutputs['loads']['list']['loads'][number],
  'id' | 'fileName' | 'rejected' | 'mendsLoadId'
>;
type Job = Pick<ApiOutputs['jobs']['list'][number], 'name' | 'title' | 'lastRun'>;

/** What somebody should look at, the worst first. A load with rejects is settled once another one mends it. */
export function warningsOf(
  datasets: readonly Dataset[],
  loads: readonly Load[],
  jobs: readonly Job[],
): Warning[] {
  const broken = jobs
    .filter(({ lastRun }) => lastRun?.outcome === 'failed')
    .map(
      ({ name, title, lastRun }): Warning => ({
        key: `job ${name}`,
        tone: 'bad',
        text: `任务“${title}”最近一次失败:${lastRun?.error ?? '原因不明'}`,
        href: '/console/jobs',
      }),
    );
  const failed = datasets.flatMap(({ name, title, lastLoad }): Warning[] =>
    lastLoad?.status === 'failed'
      ? [
          {
            key: `failed ${name}`,
            tone: 'bad',
            text: `${title}最近一次装载失败:${lastLoad.error ?? '原因不明'}`,
            href: `/console/loads/${lastLoad.id}`,
          },
        ]
      : [],
  );
  const overdue = datasets
    .filter(({ freshness }) => freshness === 'overdue')
    .map(
      ({ name, title }): Warning => ({
        key: `overdue ${name}`,
        tone: 'warn',
        text: `${title}的最新数据已超过迟到期限`,
        href: `/console/datasets/${name}`,
      }),
    );
  const mended = new Set(loads.map(({ mendsLoadId }) => mendsLoadId));
  const rejected = loads
    .filter(({ id, rejected: rows }) => rows > 0 && !mended.has(id))
    .map(
      ({ id, fileName, rejected: rows }): Warning => ({
        key: `rejected ${id}`,
        tone: 'warn',
        text: `${fileName} 有 ${rows} 行被拒收,尚未修正`,
        href: `/console/loads/${id}`,
      }),
    );
  return [...broken, ...failed, ...overdue, ...rejected];
}
