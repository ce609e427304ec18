import { describe, expect, it } from 'vitest';
import { signalSummary } from '@/components/desk/signal-words';
import type { SignalList } from '@/server/services/desk/signal-types';

const list = (members: Partial<SignalList>) =>
  ({
    ...{ kindTitle: '主题', days: 14, newestLabel: '3月15日', judged: 40, lacking: 0, total: 0 },
    ...{ signals: [], byColour: {}, tentativeDays: 0, ...members },
  }) as unknown as SignalList;

describe('what is said of the signals', () => {
  it('tells nothing raised from nothing judged and from nothing arrived', () => {
    expect(signalSummary(list({}))).toBe('近 14 日判了 40 个县×主题,没有发出预警信号。');
    expect(signalSummary(list({ lacking: 3 }))).toContain('没有发出预警信号;另有 3 个基线不足,未判。');
    expect(signalSummary(list({ judged: 0, lacking: 3 }))).toBe(
      '数据不足,无法判断:3 个县×主题有数,都没有足够的逐日基线。',
    );
    expect(signalSummary(list({ newestLabel: null, judged: 0 }))).toBe('尚无逐日数据,无法判断。');
  });

  it('counts by colour, severe first, and says what is cut and what only hints', () => {
    const many = list({ total: 5, byColour: { yellow: 1, red: 4 }, tentativeDays: 2 });
    expect(signalSummary(many)).toBe(
      '近 14 日判了 40 个县×主题,发出 5 个信号(红 4、黄 1),列出最重的 0 个;同一单元 7 日内的报警合并为一个;最近 2 日的数据仍在补报,只由这几日引起的仅作提示。',
    );
  });
});
