import { Cron } from 'croner';

/** Schedules are data: what runs when, in civil time. What each job does is server/jobs/work.ts. */
export interface Schedule {
  name: string;
  title: string;
  /** What it does, for the operator. */
  description: string;
  /** Minute, hour, day of month, month, day of week; Asia/Shanghai. */
  cron: string;
}

export const SCHEDULE_ZONE = 'Asia/Shanghai';

export const JOB_NAMES = ['compute', 'sweep', 'recompute', 'upgrade', 'housekeeping'] as const;
export type JobName = (typeof JOB_NAMES)[number];

export const SCHEDULES: Readonly<Record<JobName, Schedule>> = {
  compute: {
    name: 'compute',
    title: '增量计算',
    description: '按接入批次算出受影响的小时、日、月和累计;推送的数据另即时计算',
    cron: '* * * * *',
  },
  sweep: {
    name: 'sweep',
    title: '期末收尾',
    description: '重算昨日以来各期:期满后去掉“进行中”,更新时点指标',
    cron: '5 * * * *',
  },
  recompute: {
    name: 'recompute',
    title: '每日重算',
    description: '重算最近 45 天(大于各数据集迟到上限),与现值不同的追加新版次',
    cron: '20 2 * * *',
  },
  upgrade: {
    name: 'upgrade',
    title: '换版重算',
    description: '新版程序改变了算法或口径的,启动后在后台重算全部历史一次;未完成的按计划续算',
    cron: '50 * * * *',
  },
  housekeeping: {
    name: 'housekeeping',
    title: '清理',
    description: '清理中断运行留下的暂存和过期的运行记录',
    cron: '40 3 * * *',
  },
};

export function isJobName(name: string): name is JobName {
  return (JOB_NAMES as readonly string[]).includes(name);
}

/** Next time a job is due after an instant. */
export function nextRunMs(name: JobName, afterMs: number): number | null {
  const cron = new Cron(SCHEDULES[name].cron, { timezone: SCHEDULE_ZONE, paused: true });
  return cron.nextRun(new Date(afterMs))?.getTime() ?? null;
}
