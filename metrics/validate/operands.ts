import { type Expression, walk } from '@/metrics/expression/ast';
import { parseExpression } from '@/metrics/expression/parser';
import type { MetricDefinition } from '@/metrics/model/definition';
import { error, type Finding, type Rule, type ValidationContext } from './rule';

type Call = Expression & { type: 'call' };

/** Each way of reading a metric must have something to read: no growth of what has none, no 累计 of a stock. */
export const operands: Rule = (definition, context) => {
  if (definition.kind === 'composite') return partsGrowth(definition, context);
  if (definition.kind !== 'derived') return [];
  const { ast, findings: wrong } = parseExpression(definition.formula);
  if (wrong.length > 0) return [];
  const nodes = [...walk(ast)];
  const calls = nodes.filter((node): node is Call => node.type === 'call');
  const findings = calls.flatMap((call) => checkCall(definition, call, call === ast, context));
  if (!nodes.some((node) => node.type === 'name'))
    findings.push(error('no_operand', definition, 'formula', '公式没有用到任何指标'));
  return findings;
};

function checkCall(
  definition: MetricDefinition,
  call: Call,
  isWhole: boolean,
  { byCode }: ValidationContext,
): Finding[] {
  const [first, second] = call.args;
  const metric = first?.type === 'name' ? byCode.get(first.name) : undefined;
  if (metric === undefined) return [];
  const wrong = (message: string, proposal?: string): Finding[] => [
    {
      ...error('operand', definition, 'formula', message, proposal),
      span: { start: call.start, end: call.end },
    },
  ];
  switch (call.name) {
    case 'yoy':
    case 'mom':
      return metric[call.name] === 'none' ? wrong(noGrowth(metric, call.name)) : [];
    case 'ytd':
      return metric.accumulation === 'stock'
        ? wrong(`“${metric.name}”是时点数,没有本年累计`, metric.code)
        : [];
    case 'pctl': {
      const percent = second?.type === 'number' ? second.text : '';
      const isDaily =
        metric.kind === 'aggregated' && ['air_mean', 'air_mda8'].includes(metric.fn?.name ?? '');
      if (isWhole && isDaily && /^[1-9]\d?$/.test(percent)) return [];
      return wrong(
        'pctl 取一段时间内空气质量日值的百分位,只能单独成式,百分位是 1 至 99 的整数',
        'pctl(o3_mda8, 90)',
      );
    }
    default:
      return [];
  }
}

function partsGrowth(
  definition: MetricDefinition & { kind: 'composite' },
  { byCode }: ValidationContext,
): Finding[] {
  return (definition.parts ?? []).flatMap(({ metric, measure }, index) => {
    const part = byCode.get(metric);
    if (part === undefined || measure === 'level' || part[measure] !== 'none') return [];
    return [error('operand', definition, `parts.${index}.measure`, noGrowth(part, measure), 'level')];
  });
}

function noGrowth({ name }: MetricDefinition, measure: 'yoy' | 'mom'): string {
  return `“${name}”没有${measure === 'yoy' ? '同比' : '环比'}`;
}
