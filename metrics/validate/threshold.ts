import type { MetricDefinition } from '@/metrics/model/definition';
import { COLOURS, type Colour, type ThresholdRule } from '@/metrics/model/definition-threshold';
import { unitProblem } from '@/metrics/model/judged-unit';
import { error, type Finding, type Rule, warning } from './rule';

type Compare = ThresholdRule & { type: 'compare' };

/** Limits must grow with severity on each side, and lie on the unfavourable side (`calculus.md` §25). */
export const threshold: Rule = (definition) => {
  const findings: Finding[] = [];
  definition.thresholds?.sets.forEach((set, index) => {
    const path = `thresholds.sets.${index}`;
    if (set.source === 'standard' && set.standard === undefined) {
      findings.push(error('threshold_standard', definition, `${path}.standard`, '标准阈值没有写标准号'));
    }
    if (set.valid_from && set.valid_to && set.valid_from >= set.valid_to) {
      findings.push(error('threshold_validity', definition, path, '生效日期不早于失效日期'));
    }
    const problem = unitProblem(definition, set);
    if (problem !== null) findings.push(error('threshold_unit', definition, `${path}.by`, problem));
    const compares = set.rules.filter(
      (rule): rule is Compare => rule.type === 'compare' && rule.colour !== undefined,
    );
    const below = compares.filter((rule) => rule.op === 'lt' || rule.op === 'le');
    const above = compares.filter((rule) => rule.op === 'gt' || rule.op === 'ge');
    findings.push(...checkOrder(definition, path, below, -1), ...checkOrder(definition, path, above, 1));
    const wrongSide =
      (definition.direction === 'higher_better' && above.length > 0) ||
      (definition.direction === 'lower_better' && below.length > 0);
    if (wrongSide) findings.push(warning('threshold_side', definition, path, '阈值在有利的一侧,请确认方向'));
  });
  return findings;
};

function checkOrder(
  definition: MetricDefinition,
  path: string,
  rules: readonly Compare[],
  sign: 1 | -1,
): Finding[] {
  const sorted = [...rules].sort((a, b) => severity(a.colour) - severity(b.colour));
  return sorted.flatMap((rule, index) => {
    const milder = sorted[index - 1];
    if (milder === undefined) return [];
    if (milder.colour === rule.colour)
      return [error('threshold_order', definition, path, `${rule.colour} 在同侧写了两次`)];
    if ((rule.limit - milder.limit) * sign > 0) return [];
    return [
      error(
        'threshold_order',
        definition,
        path,
        `${rule.colour}(${rule.limit})应比 ${milder.colour}(${milder.limit})更严重`,
      ),
    ];
  });
}

function severity(colour: Colour | undefined): number {
  return colour === undefined ? -1 : COLOURS.indexOf(colour);
}
