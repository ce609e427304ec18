import {
  THRESHOLD_MEASURE_ZH,
  thresholdLevelZh,
  thresholdRuleZh,
  thresholdSourceZh,
} from '@/metrics/format/threshold-words';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { ThresholdSet } from '@/metrics/model/definition-threshold';
import { parseSlice } from '@/metrics/model/slice';
import { findDataset } from '@/server/datasets/registry';
import { DIMENSION_ZH } from '@/server/services/desk/dimension-titles';
import type { ThresholdView } from '@/server/services/desk/types';

/** Dimensions, slices and thresholds in Chinese, with what contracts and definitions say of them. */

export function dimensionTitle(dim: string, definition: MetricDefinition): string {
  return columnOf(dim, definition)?.title ?? DIMENSION_ZH[dim] ?? dim;
}

/**
 * A value of a dimension in words. Contracts describe an enumeration by listing its values in their order, with or
 * without the code before (`person 个人、enterprise 企业`); any other description leaves the value as it is.
 */
export function valueTitle(dim: string, value: string, definition: MetricDefinition): string {
  const column = columnOf(dim, definition);
  const parts = column?.description.split('、') ?? [];
  const at = column?.enumValues?.indexOf(value) ?? -1;
  const part = parts.length === column?.enumValues?.length ? parts[at] : undefined;
  return part === undefined ? value : part.replace(`${value} `, '');
}

function columnOf(dim: string, definition: MetricDefinition) {
  if (definition.kind !== 'aggregated') return undefined;
  return findDataset(definition.dataset)?.contract.columns.find(({ name }) => name === dim);
}

/** 渠道=微信、主题=供热; the whole is 全部. */
export function sliceTitle(slice: string, definition: MetricDefinition): string {
  const parts = Object.entries(parseSlice(slice));
  if (parts.length === 0) return '全部';
  return parts
    .map(([dim, value]) => `${dimensionTitle(dim, definition)}=${valueTitle(dim, value, definition)}`)
    .join('、');
}

export function thresholdView(set: ThresholdSet): ThresholdView {
  return {
    measure: THRESHOLD_MEASURE_ZH[set.measure],
    source: thresholdSourceZh(set),
    by: set.by?.map((dim) => DIMENSION_ZH[dim] ?? dim).join(' × ') ?? null,
    rules: set.rules.map((rule) => ({
      colour: 'colour' in rule ? (rule.colour ?? null) : null,
      level: thresholdLevelZh(rule),
      words: thresholdRuleZh(rule),
    })),
  };
}
