import { checkExpression } from './check';
import type { CheckedText } from './check-row';
import { finding } from './finding';
import { METRIC_FUNCTIONS } from './functions-metric';
import { parseExpression } from './parser';
import type { Scope } from './scope';
import { compatibleBases, parseUnit, sameFactor, unitText } from './unit';
import { KIND_WORDS, numberOf } from './value-type';

/** Metrics by code as names of a formula; only the unit matters here. */
export type MetricUnits = ReadonlyMap<string, { unit: string }>;

/** The metrics of a catalogue as names of a formula. */
export function metricScope(metrics: MetricUnits): Scope {
  return {
    noun: '指标',
    resolve: (name) => {
      const metric = metrics.get(name);
      return metric === undefined ? undefined : numberOf(parseUnit(metric.unit));
    },
    names: () => metrics.keys(),
    functions: METRIC_FUNCTIONS,
  };
}

/**
 * Parses and checks a formula over metrics. With `declaredUnit` the result's unit is compared with it: another kind
 * of quantity is an error, another power of ten a warning.
 */
export function checkFormula(text: string, metrics: MetricUnits, declaredUnit?: string): CheckedText {
  const parsed = parseExpression(text);
  const checked = checkExpression(parsed.ast, metricScope(metrics));
  const findings = [...parsed.findings, ...checked.findings];
  const { type } = checked;
  if (type.kind !== 'number') {
    if (type.kind !== 'any') {
      findings.push(finding('type_clash', parsed.ast, `公式的结果要是数,这里是${KIND_WORDS[type.kind]}`));
    }
    return { ast: parsed.ast, type, findings };
  }
  const declared = declaredUnit === undefined ? undefined : parseUnit(declaredUnit);
  if (declared && type.unit && !type.constant) {
    if (!compatibleBases(type.unit, declared)) {
      findings.push(
        finding('unit_clash', parsed.ast, `公式得到${unitText(type.unit)},指标单位是“${declaredUnit}”`),
      );
    } else if (!sameFactor(type.unit, declared)) {
      const factor = Number((type.unit.factor / declared.factor).toPrecision(9));
      findings.push(
        finding(
          'unit_scale',
          parsed.ast,
          `公式与单位“${declaredUnit}”相差 ${factor} 倍`,
          `乘以 ${factor}`,
          'warning',
        ),
      );
    }
  }
  return { ast: parsed.ast, type, findings };
}
