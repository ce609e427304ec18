import { closestName } from '@/metrics/model/closest-name';
import type { CompositeDefinition } from '@/metrics/model/definition';
import { WEIGHT_TOLERANCE } from '@/metrics/model/weight-tolerance';
import { error, type Finding, type Rule, type ValidationContext, warning } from './rule';

/** A composite is either weighted scores with a rule for missing parts, or one named function (`calculus.md` §22). */
export const composite: Rule = (definition, context) => {
  if (definition.kind !== 'composite') return [];
  const { parts, fn, missing } = definition;
  if ((parts === undefined) === (fn === undefined)) {
    return [error('composite_form', definition, 'parts', '复合指标要么列出分项 parts,要么指定函数 fn')];
  }
  if (parts === undefined) return [];
  const findings: Finding[] = [];
  if (missing === undefined) {
    findings.push(
      error(
        'missing_rule',
        definition,
        'missing',
        '没有缺项规则',
        '{ reweight_if_at_least: 0.7, min_denominator: 30 }',
      ),
    );
  }
  const sum = parts.reduce((total, part) => total + part.weight, 0);
  if (Math.abs(sum - 1) > WEIGHT_TOLERANCE) {
    findings.push(error('weight_sum', definition, 'parts', `权重之和是 ${Number(sum.toFixed(6))},应为 1`));
  }
  parts.forEach((_, index) => {
    findings.push(...checkPart(definition, index, context));
  });
  return findings;
};

function checkPart(definition: CompositeDefinition, index: number, { byCode }: ValidationContext): Finding[] {
  const part = definition.parts?.[index];
  if (part === undefined) return [];
  const path = `parts.${index}`;
  const metric = byCode.get(part.metric);
  const findings: Finding[] = [];
  if (metric === undefined) {
    findings.push(
      error(
        'unknown_name',
        definition,
        `${path}.metric`,
        `没有指标“${part.metric}”`,
        closestName(part.metric, byCode.keys()),
      ),
    );
  }
  const twice = definition.parts?.findIndex(
    (other) => other.metric === part.metric && other.measure === part.measure,
  );
  if (twice !== index)
    findings.push(error('part_twice', definition, `${path}.metric`, `分项“${part.metric}”列了两次`));
  part.integrity?.rates.forEach((code, at) => {
    const rate = byCode.get(code);
    const place = `${path}.integrity.rates.${at}`;
    if (rate === undefined)
      findings.push(
        error('unknown_name', definition, place, `没有指标“${code}”`, closestName(code, byCode.keys())),
      );
    else if (rate.unit !== '%')
      findings.push(error('unit_clash', definition, place, `“${rate.name}”不是百分比,不能作在线率或有效率`));
  });
  const [low, high] = part.score;
  if (low === high)
    findings.push(error('score_range', definition, `${path}.score`, '零分值与满分值不能相同'));
  const wrongWay =
    (metric?.direction === 'higher_better' && low > high) ||
    (metric?.direction === 'lower_better' && low < high);
  if (wrongWay) {
    findings.push(
      warning(
        'score_direction',
        definition,
        `${path}.score`,
        '计分方向与该指标的优劣方向相反',
        `[${high}, ${low}]`,
      ),
    );
  }
  return findings;
}
