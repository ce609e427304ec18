import type { ApiOutputs } from '@/components/trpc/outputs';
import { briefly } from './brief';
import type { Tone } from './Mark';

export interface Warning {
  key: string;
  tone: Extract<Tone, 'bad' | 'warn'>;
  text: string;
  href: string;
}

type Dataset = Pick<
  ApiOutputs['datasets']['list'][number],
  'name' | 'title' | 'freshness' | 'releases' | 'lastLoad'
>;
type Load = Pick<
  ApiOutputs['loads']['list']['loads'][number],
  'id' | 'fileName' | 'accepted' | 'corrected' | 'duplicate' | 'rejected' | 'mendsLoadId'
>;
type Job = Pick<ApiOutputs['jobs']['list'][number], 'name' | 'title' | 'lastRun'>;

/** What somebody should look at, the worst first. Rejected rows are settled by the loads that mend them. */
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
        text: `任务“${title}”最近一次失败:${briefly(lastRun?.error ?? '原因不明')}`,
        href: '/console/jobs',
      }),
    );
  const failed = datasets.flatMap(({ name, title, lastLoad }): Warning[] =>
    lastLoad?.status === 'failed'
      ? [
          {
            key: `failed ${name}`,
            tone: 'bad',
            text: `${title}最近一次装载失败:${briefly(lastLoad.error ?? '原因不明')}`,
            href: `/console/loads/${lastLoad.id}`,
          },
        ]
      : [],
  );
  const overdue = datasets
    .filter(({ releases }) => releases.overdue > 0)
    .map(
      ({ name, title, releases }): Warning => ({
        key: `overdue ${name}`,
        tone: 'warn',
        text: `${title}有 ${releases.overdue} 项逾期未报`,
        href: '/console/calendar',
      }),
    );
  const stale = datasets
    .filter(({ freshness }) => freshness === 'stale')
    .map(
      ({ name, title }): Warning => ({
        key: `stale ${name}`,
        tone: 'warn',
        text: `${title}的最新数据已超过迟到期限`,
        href: `/console/datasets/${name}`,
      }),
    );
  const rejected = unmended(loads).map(
    ({ id, fileName, rejected: rows, left }): Warning => ({
      key: `rejected ${id}`,
      tone: 'warn',
      text: `${fileName} 有 ${rows} 行被拒收,尚有 ${left} 行未修正`,
      href: `/console/loads/${id}`,
    }),
  );
  return [...broken, ...failed, ...overdue, ...stale, ...rejected];
}

/**
 * Loads with rows that nobody has mended yet. What a mending load took counts for the load it mends, also through a
 * mend of a mend; what it rejected is still among the first one's rows and is no warning of its own.
 */
function unmended(loads: readonly Load[]): (Load & { left: number })[] {
  const byId = new Map(loads.map((load) => [load.id, load]));
  const rootOf = (load: Load): Load => {
    const parent = load.mendsLoadId === null ? undefined : byId.get(load.mendsLoadId);
    return parent ? rootOf(parent) : load;
  };
  const taken = new Map<string, number>();
  for (const load of loads) {
    const root = rootOf(load);
    if (root !== load)
      taken.set(root.id, (taken.get(root.id) ?? 0) + load.accepted + load.corrected + load.duplicate);
  }
  return loads
    .filter((load) => rootOf(load) === load)
    .map((load) => ({ ...load, left: load.rejected - (taken.get(load.id) ?? 0) }))
    .filter(({ left }) => left > 0);
}
