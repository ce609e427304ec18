/** The closed vocabularies of a metric definition (`calculus.md` §0). Values are the catalogue's own words. */

export const KINDS = ['reported', 'aggregated', 'derived', 'composite'] as const;

/** flow may be summed over time; stock is taken at period end; rate and index never add up over anything. */
export const ACCUMULATIONS = ['flow', 'stock', 'rate', 'index'] as const;
export type Accumulation = (typeof ACCUMULATIONS)[number];

export const DIRECTIONS = ['higher_better', 'lower_better', 'band', 'neutral'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const YOY_RULES = [
  'value_ratio',
  'value_ratio_comparable',
  'published',
  'published_comparable',
  'pp_diff',
  'abs_diff',
  'index_minus_100',
  'none',
] as const;
export type YoyRule = (typeof YOY_RULES)[number];

export const MOM_RULES = [
  'value_ratio',
  'published_sa',
  'pp_diff',
  'abs_diff',
  'index_minus_100',
  'none',
] as const;
export type MomRule = (typeof MOM_RULES)[number];

/**
 * Y year flow, YE year end, SY start of school year; QC quarter cumulative, QP quarter point or single quarter;
 * MC month cumulative with 1–2月 merged, MC12 cumulative with a January of its own; M month, ME month end,
 * M_noJanFeb month without January and February; D day, H hour, RT real time, PTD period to date.
 */
export const PERIOD_RULES = [
  'Y',
  'YE',
  'SY',
  'QC',
  'QP',
  'MC',
  'MC12',
  'M',
  'ME',
  'M_noJanFeb',
  'D',
  'H',
  'RT',
  'PTD',
] as const;
export type PeriodRule = (typeof PERIOD_RULES)[number];
/** Rules by which the publisher gives 累计 first. */
export const CUMULATIVE_RULES: readonly PeriodRule[] = ['QC', 'MC', 'MC12', 'PTD'];

/** How lower regions make the higher one (`calculus.md` §13). */
export const ROLLUP_METHODS = [
  'sum',
  'ratio_of_sums',
  'weighted_mean',
  'mean_of_cities',
  'max_of_sum',
  'max',
  'recompute',
  'recompute_distinct',
  'published_only',
  'none',
] as const;
export type RollupMethod = (typeof ROLLUP_METHODS)[number];

/** Statistics, finance and business round half up; the environment rounds half even (GB/T 8170; `calculus.md` §1). */
export const ROUNDINGS = ['half_up', 'half_even'] as const;
export type Rounding = (typeof ROUNDINGS)[number];

/** What publishers take out of their figures and rows do not: their usual basis is by another 口径 (`calculus.md` §16). */
export const PUBLISHED_BASES = ['sand_adjusted'] as const;
export type PublishedBasis = (typeof PUBLISHED_BASES)[number];

/** Where a value may be observed; `station` … `scenic` are places below or beside the region tree. */
export const LEVELS = [
  'province',
  'city',
  'county',
  'park',
  'grid',
  'station',
  'enterprise',
  'scenic',
] as const;
export type Level = (typeof LEVELS)[number];

export const AGGREGATIONS = [
  'count',
  'sum',
  'avg',
  'min',
  'max',
  'last',
  'quantile',
  'distinct',
  'distinct_sketch',
  'time_weighted_avg',
] as const;
export type Aggregation = (typeof AGGREGATIONS)[number];

/** Domains of the catalogue with their titles on screen. */
export const DOMAIN_TITLES = {
  economy: '宏观经济',
  energy: '能源',
  transition: '转型发展',
  market_regulation: '市场监管',
  social_governance: '社会治理',
  emergency: '应急管理',
  environment: '生态环境',
  education_health: '教育卫生',
  employment_elderly: '就业养老',
  social_security: '社会保障',
  gov_service: '政务服务',
  culture_tourism: '文化旅游',
  rural: '乡村振兴',
  office_supervision: '机关督查',
} as const;
export type Domain = keyof typeof DOMAIN_TITLES;
export const DOMAINS = Object.keys(DOMAIN_TITLES) as [Domain, ...Domain[]];
