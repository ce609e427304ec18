import { checkAggregated } from '@/metrics/expression/check-aggregated';
import type { DatasetContract } from '@/metrics/model/dataset';
import type { AggregatedDefinition } from '@/metrics/model/definition';
import { AIR_FUNCTIONS } from '../air/resolve';
import { type ExpressionScope, NotCompilable } from '../expression';
import { LAYER_FUNCTIONS } from '../layers/resolve';
import { render, sql } from '../sql/fragment';
import { dayStart } from '../sql/time';
import type { CompileInput, Refusal } from '../types';
import { ITEM_FUNCTIONS, isAsOf, resolveItems } from './items';
import { type RowMetric, resolveRowMetric } from './resolve';
import { BALANCE_FUNCTION, resolveBalance, type StockBalance } from './stock-balance';

/** Metrics of one dataset by how their rows are looked at. */
export interface RowMetrics {
  /** Rows placed in a period by a time of theirs. */
  flows: readonly RowMetric[];
  /** Rows as they stand at the end of a day. */
  stocks: readonly RowMetric[];
  /** Stocks counted from their last published figure. */
  balances: readonly StockBalance[];
}

/** Functions with compilers of their own. */
const ELSEWHERE: readonly string[] = [...AIR_FUNCTIONS, ...LAYER_FUNCTIONS];

type Refuse = (refusal: Refusal) => void;

/** Resolves all metrics that read the dataset's rows; what cannot be answered rightly is refused with its reason. */
export function resolveRows(input: CompileInput, refuse: Refuse): RowMetrics {
  const { contract } = input;
  const scope: ExpressionScope = {
    columns: new Set(contract.columns.map((column) => column.name)),
    workdays: input.workdays,
  };
  const asOf: ExpressionScope = { ...scope, periodEnd: dayStart(sql`as_of_day + 1`) };
  const flows: RowMetric[] = [];
  const stocks: RowMetric[] = [];
  const balances: StockBalance[] = [];
  for (const { definition, version } of input.definitions) {
    if (definition.kind !== 'aggregated' || definition.dataset !== contract.name) continue;
    if (definition.fn && ELSEWHERE.includes(definition.fn.name)) continue;
    attempt(definition, refuse, () => {
      assertTyped(definition, contract);
      if (definition.fn?.name === BALANCE_FUNCTION)
        balances.push(balanceOf(definition, version, input, scope, refuse));
      else if (definition.fn && !ITEM_FUNCTIONS.includes(definition.fn.name))
        throw new NotCompilable(`没有命名函数 ${definition.fn.name}`, 'unsupported_function');
      else if (definition.fn)
        (isAsOf(definition) ? stocks : flows).push(
          resolveItems(definition, version, contract, scope, input.nowMs),
        );
      else if (definition.rows === 'as_of')
        stocks.push(resolveRowMetric(definition, version, contract, asOf));
      else flows.push(resolveRowMetric(definition, version, contract, scope));
      const isFine = definition.freq === 'H' || definition.freq === 'N';
      if (isFine && (isAsOf(definition) || definition.fn?.name === BALANCE_FUNCTION)) {
        const message = `频率 ${definition.freq}:存量按每日终了计,没有更细的时点,只计算日、月、年`;
        refuse({ metric: definition.code, code: 'unsupported_frequency', message });
      }
    });
  }
  return {
    flows: asked(withSlices(flows, input, refuse), input),
    stocks: asked(withSlices(stocks, input, refuse), input),
    balances: asked(balances, input),
  };
}

/** Quarters are computed where somebody asks for them: they cost a pass or a cell each. */
function asked<Metric extends { code: string; byQuarter: boolean }>(
  metrics: readonly Metric[],
  { quarterly }: CompileInput,
): Metric[] {
  return metrics.map((metric) => ({
    ...metric,
    byQuarter: metric.byQuarter || (quarterly?.has(metric.code) ?? false),
  }));
}

/**
 * One statement serves many metrics: an expression that the engine would fail on must not fail those of the others.
 *
 * @throws NotCompilable with the first thing that is wrong.
 */
function assertTyped(definition: AggregatedDefinition, contract: DatasetContract): void {
  for (const { path, findings } of checkAggregated(definition, contract)) {
    const wrong = findings.find(({ severity }) => severity === 'error');
    if (wrong) throw new NotCompilable(`${path} 有误:${wrong.message}`);
  }
}

function attempt({ code }: AggregatedDefinition, refuse: Refuse, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof NotCompilable)) throw error;
    refuse({ metric: code, code: error.code, message: error.message });
  }
}

function balanceOf(
  definition: AggregatedDefinition,
  version: number,
  input: CompileInput,
  scope: ExpressionScope,
  refuse: Refuse,
): StockBalance {
  const metric = resolveBalance(definition, version, input.contract, scope, input.openings ?? []);
  for (const slice of definition.slices) {
    const message = `分组 ${slice} 没有公布的期初存量,不按它分组`;
    refuse({ metric: definition.code, code: 'slice_excluded', message });
  }
  return metric;
}

/** Slices that can be answered: the dataset has them, they are not too many, and one name means one thing. */
function withSlices(metrics: readonly RowMetric[], input: CompileInput, refuse: Refuse): RowMetric[] {
  const meanings = new Map<string, string>();
  return metrics.map((metric) => {
    for (const slice of metric.unknownSlices) {
      const message = `数据集没有分组维度“${slice}”,不按它分组`;
      refuse({ metric: metric.code, code: 'slice_unknown', message });
    }
    const slices = metric.slices.filter(({ name, value }) => {
      const excluded = input.excludedSlices?.find((one) => one.slice === name)?.reason;
      const text = JSON.stringify(render(value));
      const place = `${metric.table.key} ${name}`;
      const clash = (meanings.get(place) ?? text) !== text;
      const message =
        excluded ?? (clash ? `分组 ${name} 与其他指标的同名分组取值不同,不按它分组` : undefined);
      if (message === undefined) meanings.set(place, text);
      else refuse({ metric: metric.code, code: 'slice_excluded', message });
      return message === undefined;
    });
    return { ...metric, slices };
  });
}
