import { checkRowExpression } from '@/metrics/expression/check-row';
import {
  compatibleBases,
  DIMENSIONLESS,
  divideUnits,
  parseUnit,
  sameFactor,
  type Unit,
  unitText,
} from '@/metrics/expression/unit';
import type { DatasetContract } from '@/metrics/model/dataset';
import type { AggregatedDefinition } from '@/metrics/model/definition';
import type { Aggregate } from '@/metrics/model/definition-aggregate';
import { error, type Finding, type Rule, warning } from './rule';

const ROWS_OF_TIME: readonly string[] = ['小时', '天'];

/** The unit of what is aggregated, with `factor`, must be the metric's: 元 summed and × 0.0001 is 万元. */
export const aggregatedUnit: Rule = (definition, { datasets }) => {
  if (definition.kind !== 'aggregated') return [];
  const contract = datasets.get(definition.dataset);
  // A counted row may be an hour or a day: 超标小时数.
  if (definition.measure?.agg === 'count' && ROWS_OF_TIME.includes(definition.unit)) return [];
  const declared = parseUnit(definition.unit);
  const computed = contract && unitOf(definition, contract);
  return declared && computed ? compare(definition, declared, computed) : [];
};

function compare(definition: AggregatedDefinition, declared: Unit, computed: Unit): Finding[] {
  if (!compatibleBases(computed, declared)) {
    const message = `聚合得到${unitText(computed)},指标单位是“${definition.unit}”`;
    return [error('unit_clash', definition, 'unit', message)];
  }
  const scaled: Unit = { ...computed, factor: computed.factor / definition.factor };
  if (sameFactor(scaled, declared)) return [];
  const factor = Number((computed.factor / declared.factor).toPrecision(9));
  return [
    warning('unit_scale', definition, 'factor', `系数与单位“${definition.unit}”不符`, `factor: ${factor}`),
  ];
}

function unitOf(definition: AggregatedDefinition, contract: DatasetContract): Unit | undefined {
  const { measure, numerator, denominator } = definition;
  if (measure) return aggregateUnit(measure, contract);
  if (!numerator || !denominator) return undefined;
  const top = aggregateUnit(numerator, contract);
  const below = aggregateUnit(denominator, contract);
  return top && below && divideUnits(top, below);
}

function aggregateUnit(aggregate: Aggregate, contract: DatasetContract): Unit | undefined {
  if (aggregate.agg === 'count' || aggregate.agg === 'distinct' || aggregate.agg === 'distinct_sketch')
    return DIMENSIONLESS;
  const { type } = checkRowExpression(aggregate.expr ?? aggregate.column ?? '', contract);
  return type.kind === 'number' ? type.unit : undefined;
}
