import { describe, expect, it } from 'vitest';
import { roundTo } from '@/metrics/format/rounding';
import { type TargetInput, type TargetProgress, targetProgress } from './target';

const shown = (value: string | null) => roundTo(value, 1)?.toFixed(1) ?? null;
const input = (over: Partial<TargetInput>): TargetInput => ({
  accumulation: 'flow',
  direction: 'higher_better',
  precision: 1,
  value: null,
  target: null,
  elapsed: 6,
  total: 12,
  ...over,
});
function completionOf(progress: TargetProgress) {
  if (progress.kind !== 'completion') throw new Error('no completion');
  const { completion, pace, gap } = progress;
  return [completion, pace, gap].map(({ value }) => shown(value));
}

describe('targetProgress', () => {
  it('gives a flow its completion against the passage of time (T21)', () => {
    expect(completionOf(targetProgress(input({ value: '22.4', target: '46' })))).toEqual([
      '48.7',
      '50.0',
      '-1.3',
    ]);
  });

  it('compares with the history where the metric is seasonal, and has no pace without it', () => {
    // Shares 40 %, 30 % and 35 %: mean 35 %; 30 of 100 is 5 points behind.
    const history = [
      { ytd: 40, annual: 100 },
      { ytd: 60, annual: 200 },
      { ytd: 35, annual: 100 },
    ];
    expect(completionOf(targetProgress(input({ value: 30, target: 100, history })))).toEqual([
      '30.0',
      '35.0',
      '-5.0',
    ]);
    const incomplete = [...history.slice(1), { ytd: 40, annual: null }];
    expect(completionOf(targetProgress(input({ value: 30, target: 100, history: incomplete })))).toEqual([
      '30.0',
      null,
      null,
    ]);
  });

  it('gives rates a difference, never a completion', () => {
    const growth = targetProgress(input({ accumulation: 'rate', value: '5.2', target: '6' }));
    expect(growth).toMatchObject({ kind: 'level', gap: { value: '-0.8' }, met: false });
  });

  it('judges a ceiling on the value as shown', () => {
    const ceiling = (value: string, direction: TargetInput['direction'] = 'lower_better') =>
      targetProgress(input({ accumulation: 'rate', direction, precision: 0, value, target: '36' }));
    expect(ceiling('36.4')).toMatchObject({ met: true });
    expect(ceiling('36.6')).toMatchObject({ met: false, gap: { value: '0.6' } });
    expect(ceiling('36.6', 'neutral')).toMatchObject({ met: null });
    expect(targetProgress(input({ accumulation: 'stock', value: null, target: '36' }))).toMatchObject({
      gap: { value: null },
      met: null,
    });
  });
});
