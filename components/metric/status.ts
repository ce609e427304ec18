import { FLAG_ZH } from '@/metrics/calculus/result';
import { STATUS_ZH } from '@/metrics/format/observation-words';
import type { Figure } from '@/server/services/screens/types';

/** Everything about a figure in one sentence, for screen readers and for hovering. */
export function figureSentence(figure: Figure): string {
  const value =
    figure.value === null
      ? `缺(${figure.reason ?? '无数据'})`
      : `${figure.text}${figure.unit && ` ${figure.unit}`}`;
  const parts = [
    `${figure.name} ${value}`,
    figure.periodLabel,
    figure.status && figure.status !== 'missing' ? STATUS_ZH[figure.status] : '',
    figure.flags.includes('approximate') ? FLAG_ZH.approximate : '',
    figure.unverified === null ? '' : `待核(${figure.unverified})`,
    figure.demo ? '演示数据' : '',
    figure.lamp && figure.lamp.colour !== 'none' ? figure.lamp.word : '',
    figure.freshness.state === 'late' || figure.freshness.state === 'overdue' ? figure.freshness.text : '',
  ];
  return parts.filter((part) => part !== '').join(',');
}
