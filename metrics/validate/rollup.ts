import { namesIn, walk } from '@/metrics/expression/ast';
import { checkFormula } from '@/metrics/expression/check-formula';
import { parseExpression } from '@/metrics/expression/parser';
import type { MetricDefinition } from '@/metrics/model/definition';
import { NAMED_FUNCTIONS } from '@/metrics/model/named-function';
import { wayTo } from './cycle';
import { error, type Finding, fromExpression, type Rule } from './rule';

/** Rates and indices never add up, over regions or anything else (`calculus.md` §0, §13). */
export const rateSummed: Rule = (definition) => {
  const { accumulation, rollup } = definition;
  if (accumulation !== 'rate' && accumulation !== 'index') return [];
  const findings: Finding[] = [];
  if (rollup === 'sum' || rollup === 'max_of_sum') {
    const proposal = accumulation === 'index' ? 'published_only' : 'ratio_of_sums';
    findings.push(error('rate_summed', definition, 'rollup', '比率、均值、指数不能相加', proposal));
  }
  if (definition.additive_over_regions) {
    findings.push(
      error('rate_summed', definition, 'additive_over_regions', '比率、均值、指数沿地区不可加', 'false'),
    );
  }
  return findings;
};

/** The rollup must suit what is accumulated and how the metric is made. */
export const rollupAccumulation: Rule = (definition) => {
  const { accumulation, rollup, kind } = definition;
  const wrong = (message: string, proposal?: string) => [
    error('rollup_accumulation', definition, 'rollup', message, proposal),
  ];
  const additive = accumulation === 'flow' || accumulation === 'stock';
  if (additive && (rollup === 'sum') !== definition.additive_over_regions) {
    return rollup === 'sum'
      ? wrong('沿地区不可加的指标不能用 sum 上卷', 'recompute_distinct 或 published_only')
      : wrong('沿地区可加的指标应当用 sum 上卷', 'sum');
  }
  if (additive && (rollup === 'ratio_of_sums' || rollup === 'weighted_mean'))
    return wrong('流量、存量不是比率', 'sum');
  if (rollup === 'recompute' && kind === 'reported') {
    return wrong('recompute 用本级分项或明细重算,填报指标没有');
  }
  if (rollup === 'recompute_distinct' && kind === 'aggregated') {
    const agg = definition.measure?.agg;
    if (agg !== undefined && agg !== 'distinct' && agg !== 'distinct_sketch') {
      return wrong(`recompute_distinct 要求去重计数,这里是 ${agg}`, 'measure: { agg: distinct, column: … }');
    }
  }
  if (rollup === 'mean_of_cities' && definition.rollup_weight && definition.rollup_weight.by !== 'equal') {
    return wrong('mean_of_cities 是各市等权平均', 'rollup_weight: { by: equal }');
  }
  return [];
};

/** A ratio rolls up as Σ numerator / Σ denominator, so it needs a denominator. */
export const ratioDenominator: Rule = (definition) => {
  if (definition.rollup !== 'ratio_of_sums' && definition.rollup !== 'weighted_mean') return [];
  return hasDenominator(definition)
    ? []
    : [error('missing_denominator', definition, 'rollup_weight', '按分子分母上卷的比率没有分母或权重')];
};

/** A weight is a formula over metrics of the catalogue. */
export const rollupWeight: Rule = (definition, context) => {
  const weight = definition.rollup_weight;
  if (weight?.by !== 'formula') return [];
  const findings = fromExpression(
    definition,
    'rollup_weight.formula',
    checkFormula(weight.formula, context.byCode).findings,
  );
  const { code } = definition;
  const names = namesIn(parseExpression(weight.formula).ast);
  if (names.includes(code)) {
    findings.push(error('own_weight', definition, 'rollup_weight.formula', '指标不能以自己为权重'));
  }
  for (const name of names) {
    const way = name === code ? undefined : wayTo(name, code, context);
    if (way !== undefined)
      findings.push(
        error('cycle', definition, 'rollup_weight.formula', `循环引用:${[code, ...way].join(' → ')}`),
      );
  }
  return findings;
};

/** What is only ever published for its own level is never computed (`calculus.md` §13). */
export const publishedOnly: Rule = (definition) => {
  const findings: Finding[] = [];
  if (definition.kind === 'reported') {
    if (definition.formula !== undefined) {
      findings.push(
        error('published_formula', definition, 'formula', '填报指标以发布值为准,不能带公式', '删除 formula'),
      );
    }
  } else if (definition.rollup === 'published_only') {
    findings.push(
      error(
        'published_formula',
        definition,
        'rollup',
        '只认发布值的指标不能由公式或作业计算',
        'kind: reported',
      ),
    );
  }
  return findings;
};

function hasDenominator(definition: MetricDefinition): boolean {
  if (definition.kind === 'aggregated') {
    // Without a compilable form yet, the catalogue's denominator is what will be computed.
    const { measure, numerator, denominator, fn } = definition;
    if (fn) return NAMED_FUNCTIONS[fn.name]?.isRatio ?? false;
    if (measure) return measure.agg === 'avg' || measure.agg === 'time_weighted_avg';
    return numerator === undefined ? definition.rollup_weight !== undefined : denominator !== undefined;
  }
  if (definition.kind === 'derived') {
    const nodes = [...walk(parseExpression(definition.formula).ast)];
    return nodes.some((node) => node.type === 'binary' && node.op === '/');
  }
  return definition.rollup_weight !== undefined && definition.rollup_weight.by !== 'equal';
}
