import { operandsOf } from '@/metrics/expression/operands';
import type { MetricDefinition } from '@/metrics/model/definition';
import { plannedDatasetTitle } from '@/metrics/model/planned-datasets';

/** Where the values of a metric come from, or why there cannot be any. */
export type Computability =
  /** `published`: loaded as reported; `job`: aggregated from rows; `calculus`: derived from other metrics. */
  | { computable: true; by: 'published' | 'job' | 'calculus' }
  | { computable: false; reasons: NotComputable[] };

export interface NotComputable {
  code:
    | 'dataset_not_connected'
    | 'no_compilable_form'
    | 'operand_unknown'
    | 'operand_not_computable'
    | 'cycle';
  /** What is missing: the dataset's name or the operand's code. */
  subject: string;
  /** Chinese, for the screen. */
  message: string;
}

/**
 * Whether a metric can have values with the datasets connected. `catalogue` holds the operands of derived and
 * composite metrics; without it their operands are taken as unknown.
 */
export function computability(
  definition: MetricDefinition,
  connected: ReadonlySet<string>,
  catalogue: ReadonlyMap<string, MetricDefinition> = new Map(),
): Computability {
  return resolve(definition, connected, catalogue, []);
}

function resolve(
  definition: MetricDefinition,
  connected: ReadonlySet<string>,
  catalogue: ReadonlyMap<string, MetricDefinition>,
  above: readonly string[],
): Computability {
  switch (definition.kind) {
    case 'reported':
      return { computable: true, by: 'published' };
    case 'aggregated':
      return aggregatedComputability(definition, connected);
    default: {
      const path = [...above, definition.code];
      const reasons = operandsOf(definition).flatMap((code) =>
        operandReason(code, connected, catalogue, path),
      );
      return reasons.length === 0 || mayLack(definition, reasons)
        ? { computable: true, by: 'calculus' }
        : { computable: false, reasons };
    }
  }
}

/** A composite stands without some of its parts when the rest has the weight that its rule asks for. */
function mayLack(definition: MetricDefinition, reasons: readonly NotComputable[]): boolean {
  if (definition.kind !== 'composite' || !definition.parts || !definition.missing) return false;
  if (reasons.some(({ code }) => code !== 'operand_not_computable')) return false;
  const lacking = new Set(reasons.map(({ subject }) => subject));
  const covered = definition.parts
    .filter(({ metric }) => !lacking.has(metric))
    .reduce((sum, { weight }) => sum + weight, 0);
  // Weights are written in hundredths; the tolerance is arithmetic noise.
  return covered > 0 && covered + 1e-9 >= definition.missing.reweight_if_at_least;
}

function aggregatedComputability(
  definition: MetricDefinition & { kind: 'aggregated' },
  connected: ReadonlySet<string>,
): Computability {
  const { dataset, code } = definition;
  if (!connected.has(dataset)) {
    return {
      computable: false,
      reasons: [
        {
          code: 'dataset_not_connected',
          subject: dataset,
          message: `数据集“${plannedDatasetTitle(dataset)}”尚未接入`,
        },
      ],
    };
  }
  if ((definition.measure ?? definition.numerator ?? definition.fn) === undefined) {
    return {
      computable: false,
      reasons: [{ code: 'no_compilable_form', subject: code, message: '口径尚未写成可计算的形式' }],
    };
  }
  return { computable: true, by: 'job' };
}

function operandReason(
  code: string,
  connected: ReadonlySet<string>,
  catalogue: ReadonlyMap<string, MetricDefinition>,
  path: readonly string[],
): NotComputable[] {
  if (path.includes(code))
    return [{ code: 'cycle', subject: code, message: `循环引用:${[...path, code].join(' → ')}` }];
  const operand = catalogue.get(code);
  if (operand === undefined) return [{ code: 'operand_unknown', subject: code, message: `没有指标 ${code}` }];
  const state = resolve(operand, connected, catalogue, path);
  if (state.computable) return [];
  const why = state.reasons.map((reason) => reason.message).join(';');
  return [{ code: 'operand_not_computable', subject: code, message: `${operand.name} 暂无数据(${why})` }];
}
