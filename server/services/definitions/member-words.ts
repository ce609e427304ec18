import {
  ACCUMULATION_ZH,
  APPROXIMATE_ZH,
  additiveZh,
  aggregateZh,
  callZh,
  DIRECTION_ZH,
  FIVE_YEAR_ZH,
  FREQ_ZH,
  KIND_ZH,
  LEVEL_ZH,
  MOM_ZH,
  missingZh,
  PERIOD_RULE_ZH,
  PROGRESS_ZH,
  PUBLISHED_BASIS_ZH,
  partZh,
  ROLLUP_ZH,
  ROUNDING_ZH,
  ROWS_ZH,
  weightZh,
  YOY_ZH,
} from '@/metrics/format/definition-words';
import { releaseZh } from '@/metrics/format/release-words';
import type { AggregatedDefinition, CompositeDefinition, MetricDefinition } from '@/metrics/model/definition';
import { DOMAIN_TITLES } from '@/metrics/model/definition-vocabulary';
import { datasetTitle } from '@/server/datasets/registry';
import { dimensionTitle, thresholdView } from '@/server/services/desk/words';

type MemberOf<Definition> = Definition extends unknown ? keyof Definition : never;
type Member = MemberOf<MetricDefinition>;

/** Every member of a definition as a person reads it, undefined where it has none. `nameOf` names an index's parts. */
export function memberWords(
  d: MetricDefinition,
  nameOf: (code: string) => string,
): Readonly<Record<Member, string | undefined>> {
  const rows: Partial<AggregatedDefinition> = d.kind === 'aggregated' ? d : {};
  const index: Partial<CompositeDefinition> = d.kind === 'composite' ? d : {};
  const fn = rows.fn ?? index.fn;
  return {
    code: d.code,
    kind: KIND_ZH[d.kind],
    name: d.name,
    name_en: d.name_en,
    domain: DOMAIN_TITLES[d.domain],
    definition: d.definition,
    formula_text: d.formula_text,
    formula: 'formula' in d ? d.formula : undefined,
    approximate: d.kind === 'derived' && d.approximate ? APPROXIMATE_ZH : undefined,
    unit: d.unit,
    precision: `${d.precision} 位小数`,
    rounding: ROUNDING_ZH[d.rounding],
    freq: FREQ_ZH[d.freq],
    period_rule: PERIOD_RULE_ZH[d.period_rule],
    accumulation: ACCUMULATION_ZH[d.accumulation],
    additive_over_regions: additiveZh(d),
    rollup: ROLLUP_ZH[d.rollup],
    rollup_weight: d.rollup_weight && weightZh(d.rollup_weight),
    slices: d.slices.map((dim) => dimensionTitle(dim, d)).join('、') || '无',
    slice_expr: rows.slice_expr && sliceLines(rows.slice_expr, d),
    direction: DIRECTION_ZH[d.direction],
    band: d.band && `${d.band[0]} – ${d.band[1]}`,
    range: d.range && `${d.range[0] ?? '不限'} – ${d.range[1] ?? '不限'}`,
    yoy: YOY_ZH[d.yoy],
    mom: MOM_ZH[d.mom],
    thresholds: d.thresholds && thresholdLines(d.thresholds),
    progress_basis: d.progress_basis && PROGRESS_ZH[d.progress_basis],
    five_year: d.five_year && FIVE_YEAR_ZH[d.five_year],
    published_basis: d.published_basis && PUBLISHED_BASIS_ZH[d.published_basis],
    owner: d.owner,
    source_system: d.source_system,
    release: releaseZh(d.release),
    levels: d.levels.map((level) => LEVEL_ZH[level]).join('、'),
    story: d.story,
    note: d.note,
    dataset: rows.dataset && datasetTitle(rows.dataset),
    rows: rows.rows && ROWS_ZH[rows.rows],
    time: rows.time,
    where: rows.where,
    measure: rows.measure && aggregateZh(rows.measure),
    numerator: rows.numerator && aggregateZh(rows.numerator),
    denominator: rows.denominator && aggregateZh(rows.denominator),
    fn: fn && callZh(fn),
    factor: rows.factor === undefined ? undefined : `× ${rows.factor}`,
    parts: index.parts?.map((part) => `${nameOf(part.metric)}${partZh(part)}`).join('\n'),
    missing: index.missing && missingZh(index.missing),
  };
}

function sliceLines(exprs: Readonly<Record<string, string>>, d: MetricDefinition): string {
  return Object.entries(exprs)
    .map(([dim, expr]) => `${dimensionTitle(dim, d)}:${expr}`)
    .join('\n');
}

/** A line a set: 同比(默认,可配置;按 县 × 主题):黄 < 4,橙 < 2. */
function thresholdLines({
  sets,
  hysteresis_periods: periods,
}: NonNullable<MetricDefinition['thresholds']>): string {
  const lines = sets.map(thresholdView).map(({ measure, source, by, rules }) => {
    const rungs = rules.map(({ level, words }) => `${level} ${words}`).join(',');
    return `${measure}(${source}${by ? `;按 ${by}` : ''}):${rungs}`;
  });
  if (periods !== undefined) lines.push(`防抖:连续 ${periods} 期转轻后降级`);
  return lines.join('\n');
}
