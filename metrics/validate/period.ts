import { operandsOf } from '@/metrics/expression/operands';
import { FREQUENCIES, type Freq } from '@/metrics/model/cell';
import type { AggregatedDefinition, MetricDefinition } from '@/metrics/model/definition';
import type { PeriodRule } from '@/metrics/model/definition-vocabulary';
import { error, type Finding, type Rule, type ValidationContext, warning } from './rule';

const FREQ_OF: Readonly<Record<PeriodRule, Freq>> = {
  Y: 'A',
  YE: 'A',
  SY: 'A',
  QC: 'Q',
  QP: 'Q',
  MC: 'M',
  MC12: 'M',
  M: 'M',
  ME: 'M',
  M_noJanFeb: 'M',
  PTD: 'M',
  D: 'D',
  H: 'H',
  RT: 'N',
};

/** Frequency, period rule and comparison rules must tell one story (`calculus.md` §0, §3, §4, §7). */
export const period: Rule = (definition, context) => {
  const findings: Finding[] = [];
  const { freq, period_rule: rule, accumulation, yoy, mom } = definition;
  if (FREQ_OF[rule] !== freq) {
    findings.push(
      error(
        'period_rule',
        definition,
        'period_rule',
        `期规则 ${rule} 的频率是 ${FREQ_OF[rule]},不是 ${freq}`,
      ),
    );
  }
  const cumulative = rule === 'QC' || rule === 'MC' || rule === 'MC12';
  if (accumulation === 'stock' && cumulative) {
    findings.push(
      error('period_rule', definition, 'period_rule', '时点指标不能按累计发布', rule === 'QC' ? 'QP' : 'ME'),
    );
  }
  if (accumulation === 'flow' && (rule === 'ME' || rule === 'YE')) {
    findings.push(
      warning(
        'period_rule',
        definition,
        'period_rule',
        '流量指标按期末发布,请确认',
        rule === 'ME' ? 'M' : 'Y',
      ),
    );
  }
  if (definition.kind === 'aggregated')
    findings.push(...asOfPeriods(definition), ...finerThanTime(definition, context));
  if (definition.kind === 'derived') findings.push(...finerThanOperands(definition, context));
  for (const [path, comparison] of [
    ['yoy', yoy],
    ['mom', mom],
  ] as const) {
    if (comparison === 'index_minus_100' && accumulation !== 'index') {
      findings.push(error('comparison_rule', definition, path, '只有以 100 为基的指数才用“指数−100”'));
    }
    if (comparison === 'pp_diff' && (accumulation === 'flow' || accumulation === 'stock')) {
      findings.push(error('comparison_rule', definition, path, '流量、存量不能用百分点差', 'value_ratio'));
    }
    if (comparison === 'value_ratio' && accumulation === 'rate' && definition.unit === '%') {
      findings.push(warning('comparison_rule', definition, path, '百分比的变化一般用百分点差', 'pp_diff'));
    }
  }
  return findings;
};

/** What is counted at an instant needs a rule and a frequency that have one (`calculus.md` §0). */
function asOfPeriods(definition: AggregatedDefinition): Finding[] {
  const { freq, period_rule: rule, rows } = definition;
  if (rule === 'SY' && rows !== 'as_of')
    return [error('period_rule', definition, 'rows', '学年初(SY)是时点,不是一段时间', 'rows: as_of')];
  if (rows === 'as_of' && definition.accumulation === 'flow')
    return [
      error('period_rule', definition, 'accumulation', '时点计数(as_of)是存量或比率,不是流量', 'stock'),
    ];
  if (rows === 'as_of' && (freq === 'H' || freq === 'N'))
    return [error('period_rule', definition, 'freq', '时点计数(as_of)按每日终了计,没有更细的时点', 'D')];
  return [];
}

/** A day has no hours: rows placed by a date would all lie in the first one. */
function finerThanTime(definition: AggregatedDefinition, { datasets }: ValidationContext): Finding[] {
  const contract = datasets.get(definition.dataset);
  const time = definition.time ?? contract?.businessTime;
  const column = contract?.columns.find(({ name }) => name === time);
  if (column?.type !== 'date' || (definition.freq !== 'H' && definition.freq !== 'N')) return [];
  return [error('period_rule', definition, 'freq', `“${column.title}”只有日期,没有时刻`, 'D')];
}

/** Something of the target's own period must be known (metrics/derive): months alone make no day. */
function finerThanOperands(definition: MetricDefinition, { byCode }: ValidationContext): Finding[] {
  const freqs = operandsOf(definition).flatMap((code) => byCode.get(code)?.freq ?? []);
  const finest = Math.max(...freqs.map((freq) => FREQUENCIES.indexOf(freq)));
  if (freqs.length === 0 || FREQUENCIES.indexOf(definition.freq) <= finest) return [];
  return [
    error('period_rule', definition, 'freq', '频率比用到的所有指标都细,永远没有数', FREQUENCIES[finest]),
  ];
}
