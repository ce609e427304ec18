import { COLOUR_ZH } from '@/metrics/format/threshold-words';
import type { SignalList } from '@/server/services/desk/signal-types';

const SEVERE_FIRST = ['red', 'orange', 'yellow', 'blue'] as const;

/** What was judged and what came of it; that nothing was raised is not the same as that nothing could be judged. */
export function signalSummary(list: SignalList): string {
  const { kindTitle, judged, lacking, total, days } = list;
  if (list.newestLabel === null) return '尚无逐日数据,无法判断。';
  const units = `${judged} 个县×${kindTitle}`;
  const unjudged = lacking === 0 ? '' : `;另有 ${lacking} 个基线不足,未判`;
  if (judged === 0) return `数据不足,无法判断:${lacking} 个县×${kindTitle}有数,都没有足够的逐日基线。`;
  if (total === 0) return `近 ${days} 日判了 ${units},没有发出预警信号${unjudged}。`;
  const colours = SEVERE_FIRST.flatMap((colour) => {
    const n = list.byColour[colour];
    return n === undefined ? [] : [`${COLOUR_ZH[colour]} ${n}`];
  });
  const shown = list.signals.length < total ? `,列出最重的 ${list.signals.length} 个` : '';
  const hint =
    list.tentativeDays === 0 ? '' : `;最近 ${list.tentativeDays} 日的数据仍在补报,只由这几日引起的仅作提示`;
  return `近 ${days} 日判了 ${units},发出 ${total} 个信号(${colours.join('、')})${shown};同一单元 7 日内的报警合并为一个${hint}${unjudged}。`;
}
