import type { MetricDefinition } from '@/metrics/model/definition';
import type { ThresholdMeasure, ThresholdRule, ThresholdSet } from '@/metrics/model/definition-threshold';
import { error, type Finding, type Rule } from './rule';

/** What a threshold compares with must exist of the metric, and be judged one way only (`calculus.md` §25). */
export const thresholdMeasure: Rule = (definition) => {
  const sets = definition.thresholds?.sets ?? [];
  return sets.flatMap((set, index) => {
    const path = `thresholds.sets.${index}`;
    const findings: Finding[] = [];
    const why = WITHOUT[set.measure]?.(definition);
    if (why !== undefined) findings.push(error('threshold_measure', definition, `${path}.measure`, why));
    if (sets.slice(0, index).some((other) => overlap(other, set)))
      findings.push(error('threshold_twice', definition, path, '同一度量在同一时期写了两套阈值'));
    findings.push(...checkCrossing(definition, path, set.rules), ...checkRules(definition, path, set.rules));
    return findings;
  });
};

const isDaily = ({ freq }: MetricDefinition) => freq === 'D' || freq === 'H' || freq === 'N';

/** Why a metric has no such measure. */
const WITHOUT: Partial<Record<ThresholdMeasure, (definition: MetricDefinition) => string | undefined>> = {
  yoy: ({ yoy }) => (yoy === 'none' ? '指标没有同比' : undefined),
  wow: (definition) => (isDaily(definition) ? undefined : '周环比要有日值'),
  day_value: (definition) => (isDaily(definition) ? undefined : '指标没有日值'),
  month_value: (definition) => (isDaily(definition) || definition.freq === 'M' ? undefined : '指标没有月值'),
  'value-100': ({ accumulation }) => (accumulation === 'index' ? undefined : '只有以 100 为基的指数才减 100'),
};

/** Two sets that would judge the same value at the same time. Each standard stands beside the deployment's own. */
function overlap(a: ThresholdSet, b: ThresholdSet): boolean {
  const key = (set: ThresholdSet) =>
    JSON.stringify([set.standard ?? '', set.measure, set.by ?? [], set.only ?? null]);
  const isBefore = (x: ThresholdSet, y: ThresholdSet) =>
    x.valid_to !== undefined && y.valid_from !== undefined && x.valid_to <= y.valid_from;
  return key(a) === key(b) && !isBefore(a, b) && !isBefore(b, a);
}

/** A limit from below that lies above one from above lights every value; no hysteresis would ever put it out. */
function checkCrossing(
  definition: MetricDefinition,
  path: string,
  rules: readonly ThresholdRule[],
): Finding[] {
  const limits = (...ops: string[]) =>
    rules.flatMap((rule) => (rule.type === 'compare' && ops.includes(rule.op) ? rule.limit : []));
  const below = Math.max(...limits('lt', 'le'));
  const above = Math.min(...limits('gt', 'ge'));
  return below > above
    ? [error('threshold_crossing', definition, path, `低于 ${below} 与高于 ${above} 交叉,任何值都会亮灯`)]
    : [];
}

function checkRules(definition: MetricDefinition, path: string, rules: readonly ThresholdRule[]): Finding[] {
  const findings: Finding[] = [];
  rules.forEach((rule, index) => {
    const at = `${path}.rules.${index}`;
    if (rule.type !== 'limit' && rule.colour === undefined && rule.label === undefined)
      findings.push(error('threshold_colour', definition, at, '没有写颜色或等级'));
    if (rule.type !== 'range') return;
    if (rule.to !== undefined && rule.to < rule.from)
      findings.push(error('threshold_range', definition, at, '下限大于上限'));
    const twice = rules
      .slice(0, index)
      .some(
        (other) =>
          other.type === 'range' &&
          rule.from <= (other.to ?? Number.POSITIVE_INFINITY) &&
          other.from <= (rule.to ?? Number.POSITIVE_INFINITY),
      );
    if (twice) findings.push(error('threshold_range', definition, at, '与前面的区间重叠'));
  });
  return findings;
}
