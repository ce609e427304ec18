import { isCovered } from '@/metrics/calculus/lamp-coverage';
import { LACKING_ZH } from '@/metrics/calculus/lamp-lacking';
import { lampFreq } from '@/metrics/calculus/lamp-sets';
import { isYtd } from '@/metrics/model/basis';
import type { Freq, Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { ThresholdMeasure, ThresholdSet } from '@/metrics/model/definition-threshold';
import { isOfUnit, judgesUnits } from '@/metrics/model/judged-unit';
import type { LampFigure } from '@/server/services/screens/types';

const FREQ_ZH: Readonly<Record<Freq, string>> = { A: '年', Q: '季', M: '月', D: '日', H: '小时', N: '分钟' };

const UNCOVERED = '有数的地区或时段不足95%';

/** Why a set of thresholds could not be judged for a figure, in words. */
export function reasonUnjudged(
  set: ThresholdSet,
  definition: MetricDefinition,
  current: Observation,
): string {
  if (!isCovered(definition, current)) return UNCOVERED;
  if (judgesUnits(set) && !isOfUnit(definition, set, current)) return '只在一个县的一个病种或主题上逐日判';
  const freq =
    lampFreq(set) ?? (set.measure === 'value' && definition.accumulation === 'flow' ? definition.freq : null);
  if (freq !== null && freq !== current.freq) return `阈值只判${FREQ_ZH[freq]}值,缺${FREQ_ZH[freq]}值`;
  return `缺${lackingOf(set.measure, current)}`;
}

/** A year, or a cumulative figure, is itself the 累计 that a plan of the year is judged by. */
function lackingOf(measure: ThresholdMeasure, { freq, basis }: Observation): string {
  const words = LACKING_ZH[measure];
  return freq === 'A' || isYtd(basis) ? words.replace('或本年累计', '') : words;
}

/** What a period lacks that the same thresholds judged before, in words beside its label. */
export function reasonNotRead(
  sets: readonly ThresholdSet[],
  definition: MetricDefinition,
  period: Observation,
): string {
  if (period.value === null) return '没有数';
  if (!isCovered(definition, period)) return UNCOVERED;
  return wordsOf(sets.map(({ measure }) => `缺${lackingOf(measure, period)}`));
}

/** A figure with thresholds none of which could be judged: said in words, never silently without a lamp. */
export function unjudged(reasons: readonly string[], judged: string): LampFigure {
  const rule = wordsOf(reasons);
  return {
    colour: 'unjudged',
    word: '无法判断',
    rule,
    since: '',
    sinceFirst: false,
    judged,
    text: `无法判断:${rule}`,
  };
}

/**
 * The lamp of the periods before one that could not be judged. A lit one stays lit; without one, nothing must read as if
 * the period shown had kept its limits.
 */
export function passedOver(before: LampFigure, why: string): LampFigure {
  if (before.colour !== 'none')
    return { ...before, rule: `${before.rule};${why}`, text: `${before.text};${why}` };
  const rule = `${why};此前${before.word}(${before.rule})`;
  return {
    ...before,
    colour: 'unjudged',
    word: '无法判断',
    rule,
    text: `无法判断:${why};此前${before.text}`,
  };
}

/** Beside a lamp that some of the thresholds lit. */
export function alsoUnjudged(lit: LampFigure, reasons: readonly string[]): LampFigure {
  if (reasons.length === 0) return lit;
  const more = `;另有阈值无法判断:${wordsOf(reasons)}`;
  return { ...lit, rule: `${lit.rule}${more}`, text: `${lit.text}${more}` };
}

function wordsOf(reasons: readonly string[]): string {
  return [...new Set(reasons)].join(';');
}
