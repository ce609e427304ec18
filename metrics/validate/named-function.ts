import { checkRowExpression } from '@/metrics/expression/check-row';
import { operandsOf } from '@/metrics/expression/operands';
import { closestName } from '@/metrics/model/closest-name';
import type { DatasetContract } from '@/metrics/model/dataset';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { FunctionCall } from '@/metrics/model/definition-aggregate';
import {
  type ArgumentKind,
  NAMED_FUNCTIONS,
  POLLUTANT_ARGUMENTS,
  wrongRollup,
} from '@/metrics/model/named-function';
import { error, type Finding, fromExpression, type Rule, type ValidationContext } from './rule';

/** What a condition over city days may speak of: the row that `air_day_count` counts. */
const AQI_DAY: Pick<DatasetContract, 'columns'> = {
  columns: [
    { name: 'aqi', type: 'integer', title: '城市日AQI', description: '缺项不足以判定时为空', nullable: true },
  ],
};

/** What a condition over evaluated sections may speak of. */
const WATER_SECTION: Pick<DatasetContract, 'columns'> = {
  columns: [
    {
      name: 'class',
      type: 'integer',
      title: '水质类别',
      description: '1–5 为Ⅰ–Ⅴ类,6 为劣Ⅴ类',
      nullable: false,
    },
  ],
};

/** Conditions over rows that the function derives itself. */
const DERIVED_ROWS: Readonly<Partial<Record<ArgumentKind, Pick<DatasetContract, 'columns'>>>> = {
  aqi_day_condition: AQI_DAY,
  water_class_condition: WATER_SECTION,
};

/** A named function must exist, suit the kind, and have exactly its arguments, each of its kind. */
export const namedFunction: Rule = (definition, context) => {
  if (definition.kind !== 'aggregated' && definition.kind !== 'composite') return [];
  const { fn } = definition;
  if (fn === undefined) return [];
  const known = Object.hasOwn(NAMED_FUNCTIONS, fn.name) ? NAMED_FUNCTIONS[fn.name] : undefined;
  if (known === undefined || known.usedBy !== definition.kind) {
    const usable = Object.keys(NAMED_FUNCTIONS).filter(
      (name) => NAMED_FUNCTIONS[name]?.usedBy === definition.kind,
    );
    const message = `没有可用于此类指标的函数“${fn.name}”`;
    return [
      error(
        'unknown_function',
        definition,
        'fn.name',
        message,
        closestName(fn.name, usable) ?? usable.join('、'),
      ),
    ];
  }
  const findings: Finding[] = [];
  const wrong = wrongRollup(fn.name, definition.rollup);
  if (wrong !== undefined) findings.push(error('rollup_function', definition, 'rollup', wrong, known.rollup));
  for (const name of Object.keys(fn.args)) {
    if (!Object.hasOwn(known.args, name) && !Object.hasOwn(known.optional ?? {}, name)) {
      const near = closestName(name, Object.keys({ ...known.args, ...known.optional }));
      findings.push(
        error('wrong_argument', definition, `fn.args.${name}`, `函数 ${fn.name} 没有参数“${name}”`, near),
      );
    }
  }
  const given = Object.entries(known.optional ?? {}).filter(([name]) => Object.hasOwn(fn.args, name));
  for (const [name, kind] of [...Object.entries(known.args), ...given]) {
    findings.push(...checkArgument(definition, fn, name, kind, context));
  }
  return findings;
};

function checkArgument(
  definition: MetricDefinition,
  fn: FunctionCall,
  name: string,
  kind: ArgumentKind,
  context: ValidationContext,
): Finding[] {
  const path = `fn.args.${name}`;
  const value = fn.args[name];
  if (kind === 'day_count') {
    if (typeof value === 'number' && Number.isInteger(value) && value > 0) return [];
    return [error('wrong_argument', definition, path, `参数“${name}”要是正整数天数`)];
  }
  if (typeof value !== 'string') {
    return [error('wrong_argument', definition, path, `函数 ${fn.name} 缺少参数“${name}”`)];
  }
  if (kind === 'pollutant' || kind === 'ozone') {
    const usable = kind === 'ozone' ? ['o3'] : POLLUTANT_ARGUMENTS;
    if (usable.includes(value)) return [];
    return [
      error(
        'wrong_argument',
        definition,
        path,
        `${fn.name} 没有污染物“${value}”`,
        closestName(value, usable) ?? usable.join('、'),
      ),
    ];
  }
  if (kind === 'metric') {
    const metric = context.byCode.get(value);
    if (metric !== undefined) {
      const why = unfit(definition, metric, name, context);
      return why === undefined ? [] : [error('wrong_argument', definition, path, why)];
    }
    return [
      error(
        'unknown_name',
        definition,
        path,
        `没有指标“${value}”`,
        closestName(value, context.byCode.keys()),
      ),
    ];
  }
  const derived = DERIVED_ROWS[kind];
  if (derived)
    return fromExpression(definition, path, checkRowExpression(value, derived, 'boolean').findings);
  const contract = definition.kind === 'aggregated' ? context.datasets.get(definition.dataset) : undefined;
  if (contract === undefined) return [];
  const expected = kind === 'row_condition' ? 'boolean' : undefined;
  const { findings, type } = checkRowExpression(value, contract, expected);
  if (kind === 'time_column' && type.kind !== 'date' && type.kind !== 'datetime' && findings.length === 0)
    return [error('type_clash', definition, path, `“${value}”不是日期或时刻`)];
  return fromExpression(definition, path, findings);
}

/** Why a metric cannot be the argument of that name. */
function unfit(
  definition: MetricDefinition,
  metric: MetricDefinition,
  name: string,
  context: ValidationContext,
): string | undefined {
  if (name === 'opening' && (metric.accumulation !== 'stock' || metric.unit !== definition.unit))
    return `期初存量要是单位为“${definition.unit}”的存量指标`;
  if (name === 'cases' && !readsSameRows(definition, metric))
    return `“${metric.name}”不是同一数据集的计数指标`;
  return isOfPollutant(metric, name, context) ? undefined : `“${metric.name}”不是 ${name} 的指标`;
}

function readsSameRows(definition: MetricDefinition, metric: MetricDefinition): boolean {
  return (
    definition.kind === 'aggregated' &&
    metric.kind === 'aggregated' &&
    metric.dataset === definition.dataset &&
    metric.measure !== undefined
  );
}

/** Whether a metric is of the pollutant that an argument is named by: of its hours or days, or a percentile of them. */
function isOfPollutant(metric: MetricDefinition, name: string, { byCode }: ValidationContext): boolean {
  if (!POLLUTANT_ARGUMENTS.includes(name)) return true;
  if (metric.kind === 'aggregated') return metric.fn?.args.pollutant === name;
  return operandsOf(metric).some((code) => {
    const daily = byCode.get(code);
    return daily?.kind === 'aggregated' && daily.fn?.args.pollutant === name;
  });
}
