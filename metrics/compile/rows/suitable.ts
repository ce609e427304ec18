import type { DatasetContract } from '@/metrics/model/dataset';
import type { AggregatedDefinition } from '@/metrics/model/definition';
import type { Aggregate } from '@/metrics/model/definition-aggregate';
import type { PeriodRule } from '@/metrics/model/definition-vocabulary';
import { addsRows, followsFromRows, suitsRollup } from '@/metrics/model/row-rollup';
import { NotCompilable } from '../expression';

/** @throws NotCompilable when the value of a higher region would not follow from its rows. */
export function assertRollup(definition: AggregatedDefinition): void {
  const { rollup } = definition;
  const wrong = (why: string) => new NotCompilable(`上卷方式 ${rollup} ${why}`, 'unsupported_rollup');
  if (!followsFromRows(rollup)) throw wrong('不能由明细行得出');
  for (const aggregate of aggregatesOf(definition)) {
    if (!suitsRollup(rollup, aggregate.agg))
      throw wrong(`不能用于聚合 ${aggregate.agg}:上级的值不是从上级的明细得出的值`);
  }
}

/** Periods that a rule leaves empty: months without a figure of their own (calculus.md §2). */
const WITHHELD: Readonly<Partial<Record<PeriodRule, readonly string[]>>> = {
  MC: ['period/1', 'period/2', 'ytd/1'],
  M_noJanFeb: ['period/1', 'period/2'],
};

/** `basis/month` of monthly cells that the period rule leaves empty. */
export function withheldMonths(definition: AggregatedDefinition): readonly string[] {
  return WITHHELD[definition.period_rule] ?? [];
}

/** @throws NotCompilable for rows of a stretch where the rule asks for an instant. */
export function assertPeriods({ period_rule: rule, rows }: AggregatedDefinition): void {
  if (rule === 'SY' && rows !== 'as_of')
    throw new NotCompilable('学年初(SY)是时点,请用 rows: as_of', 'unsupported_frequency');
}

/** @throws NotCompilable when rows of a stock would be added up over time. */
export function assertStock(definition: AggregatedDefinition, contract: DatasetContract): void {
  if (definition.accumulation !== 'stock' || definition.rows === 'as_of') return;
  const summed = aggregatesOf(definition).find((one) => addsRows(one, contract));
  if (summed)
    throw new NotCompilable(
      `时点指标不能把一段时间里的行相加(${summed.agg}),请用 rows: as_of 或 max、last`,
      'not_additive_over_time',
    );
}

function aggregatesOf({ measure, numerator, denominator }: AggregatedDefinition): Aggregate[] {
  return [measure, numerator, denominator].filter((one) => one !== undefined);
}
