import { stringify } from 'yaml';
import {
  ACCUMULATION_ZH,
  APPROXIMATE_ZH,
  additiveZh,
  DIRECTION_ZH,
  FIVE_YEAR_ZH,
  FREQ_ZH,
  KIND_ZH,
  LEVEL_ZH,
  MOM_ZH,
  PERIOD_RULE_ZH,
  PROGRESS_ZH,
  PUBLISHED_BASIS_ZH,
  ROLLUP_ZH,
  ROUNDING_ZH,
  YOY_ZH,
} from '@/metrics/format/definition-words';
import { releaseZh } from '@/metrics/format/release-words';
import type { LineageEdge } from '@/metrics/lineage/lineage';
import type { MetricDefinition } from '@/metrics/model/definition';
import { DOMAIN_TITLES, type Domain } from '@/metrics/model/definition-vocabulary';
import { figureRange } from '@/metrics/model/figure-range';
import { momRule } from '@/metrics/model/mom-rule';
import { datasetTitle, findDataset } from '@/server/datasets/registry';
import { dimensionTitle, thresholdView } from '@/server/services/desk/words';
import type { ReferenceEntry } from '@/server/services/reference/read';
import type { Reference } from '@/server/services/reference/select';
import { ROLE_ZH } from '@/server/services/reference/words';
import { panelsShowing } from '@/server/services/screens/definition/metrics-of';
import { SCREENS } from '@/server/services/screens/definition/screens';

/** Address of a metric's entry, seen from the page that is being written. */
export type LinkTo = (code: string, domain: Domain) => string;

/** One domain: a heading and an entry a metric, in the catalogue's order. */
export function domainMarkdown(reference: Reference, domain: Domain, linkTo: LinkTo): string {
  const entries = reference.entries.filter(({ definition }) => definition.domain === domain);
  const parts = entries.map((entry) => entryMarkdown(reference, entry, linkTo));
  return `## ${DOMAIN_TITLES[domain]}\n\n共 ${entries.length} 个指标。\n\n${parts.join('\n')}`;
}

function entryMarkdown(reference: Reference, entry: ReferenceEntry, linkTo: LinkTo): string {
  const { definition: d, version, hash } = entry;
  const lines: [string, string | undefined][] = [
    ['口径', prose(d.definition)],
    ['公式', formulaWords(d)],
    ['算法', d.kind === 'derived' && d.approximate ? APPROXIMATE_ZH : undefined],
    ['类型', KIND_ZH[d.kind]],
    ['单位', `${prose(d.unit)},显示 ${d.precision} 位小数,${ROUNDING_ZH[d.rounding]}`],
    ['频率', `${FREQ_ZH[d.freq]};${PERIOD_RULE_ZH[d.period_rule]}(${d.period_rule})`],
    ['性质', `${ACCUMULATION_ZH[d.accumulation]};按地区${additiveZh(d)}`],
    ['方向', `${DIRECTION_ZH[d.direction]}${d.band ? `(${d.band[0]} – ${d.band[1]})` : ''}`],
    ['取值范围', rangeWords(d)],
    ['同比', YOY_ZH[d.yoy]],
    ['环比', MOM_ZH[momRule(d)]],
    ['上卷', ROLLUP_ZH[d.rollup]],
    ['进度', d.progress_basis && PROGRESS_ZH[d.progress_basis]],
    ['五年规划', d.five_year && FIVE_YEAR_ZH[d.five_year]],
    [
      '发布口径',
      d.published_basis && `${PUBLISHED_BASIS_ZH[d.published_basis]};与由明细计算的数口径不同,不互相比较`,
    ],
    ['阈值', d.thresholds && thresholdWords(d)],
    ['责任单位', prose(d.owner)],
    ['来源系统', prose(d.source_system)],
    ['发布', prose(releaseZh(d.release))],
    ['层级', d.levels.map((level) => LEVEL_ZH[level]).join('、')],
    ['分组', d.slices.map((dim) => dimensionWords(dim, d)).join('、') || undefined],
    ['可计算', computableWords(reference, d.code)],
    ['上游', upWords(reference, d.code, linkTo)],
    ['下游', downWords(reference, d.code, linkTo)],
    ['说明', d.note && prose(d.note)],
    ['版本', `${version},${code(hash)}`],
  ];
  const facts = lines.flatMap(([name, text]) => (text ? [`- **${name}** ${text}`] : []));
  return `<a id="${d.code}"></a>

### ${prose(d.name)} ${code(d.code)}

${[d.name_en, d.story].filter(Boolean).map(prose).join(' — ')}

${facts.join('\n')}
${structured(d)}`;
}

/** Of published figures, whether the definition says it or its kind. */
function rangeWords(d: MetricDefinition): string {
  const { min, max, includesMin } = figureRange(d, 'level');
  if (min === null && max === null) return '不限';
  if (max === null) return `${includesMin ? '不小于' : '大于'} ${min}`;
  return min === null ? `不大于 ${max}` : `${min} – ${max}`;
}

function dimensionWords(dim: string, d: MetricDefinition): string {
  const title = dimensionTitle(dim, d);
  return title === dim ? code(dim) : `${prose(title)} ${code(dim)}`;
}

/** As the owner writes it; a derived metric whose owner wrote none has the engine's own. */
function formulaWords(d: MetricDefinition): string | undefined {
  const text = d.formula_text ?? (d.kind === 'derived' ? d.formula : undefined);
  return text && code(text);
}

function thresholdWords(d: MetricDefinition): string {
  const sets = (d.thresholds?.sets ?? []).map(thresholdView).map(({ measure, source, by, rules }) => {
    const levels = rules.map(({ level, words }) => `${level} ${words}`).join(',');
    return `\n  - ${prose(`${measure}(${source}${by ? `;按 ${by}` : ''}):${levels}`)}`;
  });
  return `${code(d.thresholds?.text ?? '')}${sets.join('')}`;
}

function computableWords(reference: Reference, metric: string): string {
  const state = reference.computability(metric);
  if (state.computable)
    return { published: '是,公布后装载', job: '是,由作业计算', calculus: '是,由其他指标得出' }[state.by];
  return `否:${prose(state.reasons.map(({ message }) => message).join(';'))}`;
}

function upWords(reference: Reference, metric: string, linkTo: LinkTo): string {
  const { lineage } = reference;
  const dataset = lineage.datasetOf(metric);
  const { datasets, reported } = lineage.origins(metric);
  const far = [
    ...datasets.filter((name) => name !== dataset).map(datasetWords),
    ...reported.filter((one) => !lineage.madeOf(metric).some((edge) => edge.code === one)).map(code),
  ];
  const parts = [
    ...(dataset === null ? [] : [datasetWords(dataset)]),
    ...edgesWords(reference, lineage.madeOf(metric), linkTo),
    ...(far.length === 0 ? [] : [`最终来自 ${far.join('、')}`]),
  ];
  return parts.join(';') || '由责任单位报送';
}

function downWords(reference: Reference, metric: string, linkTo: LinkTo): string {
  const direct = reference.lineage.usedBy(metric);
  const far = reference.lineage
    .affectedBy(metric)
    .filter((one) => !direct.some((edge) => edge.code === one))
    .map(code);
  const shown = SCREENS.flatMap((screen) => {
    const panels = panelsShowing(screen, metric);
    return panels.length === 0 ? [] : [`屏幕“${screen.title}”(${panels.join('、')})`];
  });
  const parts = [
    ...edgesWords(reference, direct, linkTo),
    ...(far.length === 0 ? [] : [`间接影响 ${far.join('、')}`]),
    ...shown,
  ];
  return parts.join(';') || '没有其他指标或屏幕用到它';
}

function datasetWords(name: string): string {
  return `数据集 ${code(name)}(${datasetTitle(name)}${findDataset(name) ? '' : ',尚未接入'})`;
}

/** A metric once, with all its roles. */
function edgesWords({ byCode, entries }: Reference, edges: readonly LineageEdge[], linkTo: LinkTo): string[] {
  return [...new Set(edges.map((edge) => edge.code))].map((metric) => {
    const roles = edges.filter((edge) => edge.code === metric).map(({ role }) => ROLE_ZH[role]);
    const other = byCode.get(metric);
    if (!other) return `${code(metric)}(未登记,${roles.join('、')})`;
    // What was filtered out has no entry to go to.
    const listed = entries.some(({ definition }) => definition.code === metric);
    const name = prose(other.name);
    const link = listed ? `[${name}](${linkTo(metric, other.domain)})` : name;
    return `${link} ${code(metric)}(${KIND_ZH[other.kind]},${roles.join('、')})`;
  });
}

const COMPUTED_MEMBERS = [
  'dataset',
  'rows',
  'time',
  'where',
  'measure',
  'numerator',
  'denominator',
  'fn',
  'factor',
  'slice_expr',
  'formula',
  'approximate',
  'parts',
  'missing',
  'rollup_weight',
] as const;

/** The members that the engine reads, as they stand in the definition. */
function structured(d: MetricDefinition): string {
  const members = d as Readonly<Record<string, unknown>>;
  const form = Object.fromEntries(
    COMPUTED_MEMBERS.flatMap((name) => (members[name] === undefined ? [] : [[name, members[name]]])),
  );
  return Object.keys(form).length === 0
    ? ''
    : `\n\`\`\`yaml\n${stringify(form, { lineWidth: 0, aliasDuplicateObjects: false })}\`\`\`\n`;
}

/** Text of a definition never turns into markup. */
function prose(text: string): string {
  return text.replace(/[\\`*_<>|[\]#~]/g, '\\$&').replace(/\s*\n\s*/g, ' ');
}

/** Code that may itself hold back-ticks: the fence is longer than any run of them. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${text.replace(/\s*\n\s*/g, ' ')}${pad}${fence}`;
}
