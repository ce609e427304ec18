import { riverQuality } from '@/metrics/calculus/environment/river-quality';
import { roundTo } from '@/metrics/format/rounding';
import type { CellKey, Observation } from '@/metrics/model/cell';
import { nextPeriod } from '@/metrics/time/period';
import type { CellFacts } from './facts';
import { type Working, workingOf } from './working';

const GOOD_SHARE = 'water_good_rate';
const WORST_SHARE = 'water_bad5_rate';

/** What the share of good sections is judged beside. */
export function waterCompanions(metric: string): string[] {
  return metric === GOOD_SHARE ? [WORST_SHARE] : [];
}

export function waterReads({ metric, region, freq, basis, slice, periodMs }: CellKey) {
  return waterCompanions(metric).map((worst) => ({
    metrics: [worst],
    regions: [region],
    freq: [freq],
    basis: [basis],
    measure: ['level' as const],
    slices: [slice],
    fromMs: periodMs,
    toMs: nextPeriod(freq, periodMs),
    allVintages: false,
  }));
}

/** 水质定性 by the sections of a river, a basin or a region; judged as shown, so that 90.0 reads 优. */
export function waterQualityWorking(facts: CellFacts): Working[] {
  const { cell, current } = facts;
  if (cell.metric !== GOOD_SHARE || current === undefined) return [];
  const worst = facts.at({ metric: WORST_SHARE });
  const shown = (of: Observation | undefined) => {
    const { precision, rounding } = facts.definitionOf(of?.metric ?? cell.metric);
    return roundTo(of?.value, precision, rounding);
  };
  const { denominator } = current;
  // The publisher of a province or the nation counts dozens, and rarely says how many.
  const isMany = cell.region % 10_000 === 0 && cell.slice === '';
  const result = riverQuality({
    ...(denominator !== null || !isMany ? { sections: denominator } : {}),
    good: shown(current),
    worst: shown(worst),
  });
  return [
    workingOf(facts, {
      key: 'water_quality',
      label: '水质定性',
      result,
      unit: 'share',
      ...(result.text !== undefined && { words: result.text }),
      rule: 'Ⅰ–Ⅲ类断面比例不低于 90% 为优,75%–90% 为良好;低于 75% 的按劣Ⅴ类比例:低于 20% 轻度污染,20%–40% 中度污染,40% 及以上重度污染。断流、冰封断面不参评,不足 5 个断面的不作定性',
      source: '§20',
      operands: {
        good: { label: 'Ⅰ–Ⅲ类断面比例', from: current },
        worst: { label: '劣Ⅴ类断面比例', from: worst },
        sections: { label: '参评断面数', unit: 'count' },
      },
    }),
  ];
}
