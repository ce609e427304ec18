import type { ApiOutputs } from '@/components/trpc/outputs';
import type { Tone } from './Mark';

type Dataset = Pick<ApiOutputs['datasets']['list'][number], 'freshness' | 'releases'>;

export interface Arrival {
  tone: Tone;
  text: string;
  /** Where one by one is to be seen; absent for what the dataset says itself. */
  href?: string;
}

/** How a dataset's data come in, worst first: what the release calendar misses of its metrics, then its own rows. */
export function arrivalOf({ freshness, releases }: Dataset): [Arrival, ...Arrival[]] {
  if (freshness === 'empty') return [{ tone: 'plain', text: '无数据' }];
  const found: Arrival[] = [];
  const href = '/console/calendar';
  if (releases.overdue > 0) found.push({ tone: 'bad', text: `逾期未报 ${releases.overdue} 项`, href });
  if (freshness === 'stale') found.push({ tone: 'warn', text: '久无新数据' });
  if (freshness === 'undated') found.push({ tone: 'plain', text: '有数据,尚无业务时间' });
  if (releases.late > 0) found.push({ tone: 'warn', text: `迟 ${releases.late} 项`, href });
  const [first, ...others] = found;
  return first ? [first, ...others] : [{ tone: 'good', text: '按期' }];
}
