import type { AggregatedDefinition } from '@/metrics/model/definition';
import type { Aggregate } from '@/metrics/model/definition-aggregate';
import { error, type Finding, type Rule } from './rule';

/** The compilable form must be one of measure, numerator over denominator, named function; each aggregate complete. */
export const aggregatedForm: Rule = (definition) => {
  if (definition.kind !== 'aggregated') return [];
  const { measure, numerator, denominator, fn, rows, time } = definition;
  const findings: Finding[] = [];
  const forms = [measure, numerator ?? denominator, fn].filter((form) => form !== undefined);
  if (forms.length > 1) {
    findings.push(
      error('aggregate_form', definition, 'measure', 'measure、numerator/denominator、fn 只能写一种'),
    );
  }
  if ((numerator === undefined) !== (denominator === undefined)) {
    const path = numerator === undefined ? 'numerator' : 'denominator';
    findings.push(
      error(
        'missing_denominator',
        definition,
        path,
        numerator === undefined ? '比率没有分子' : '比率没有分母',
      ),
    );
  }
  if (rows === 'as_of' && time !== undefined) {
    findings.push(error('aggregate_form', definition, 'time', '时点计数(as_of)不按时间列归期', '删除 time'));
  }
  for (const [path, aggregate] of Object.entries({ measure, numerator, denominator })) {
    if (aggregate !== undefined) findings.push(...checkAggregate(definition, path, aggregate));
  }
  return findings;
};

function checkAggregate(definition: AggregatedDefinition, path: string, aggregate: Aggregate): Finding[] {
  const inputs = [aggregate.column, aggregate.expr].filter((input) => input !== undefined).length;
  const wrong = (message: string, proposal?: string) => [
    error('aggregate_form', definition, path, message, proposal),
  ];
  if (aggregate.agg === 'count')
    return inputs === 0 ? [] : wrong('count 计行数,不带列', 'where: "列 is not null"');
  if (inputs !== 1) return wrong(`${aggregate.agg} 要有一个列 column 或一个表达式 expr`);
  if ((aggregate.agg === 'quantile') !== (aggregate.q !== undefined)) {
    return wrong(aggregate.agg === 'quantile' ? '分位数没有写 q' : '只有 quantile 带 q');
  }
  return [];
}
