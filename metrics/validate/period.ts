import type { Freq } from '@/metrics/model/cell';
import type { AggregatedDefinition } from '@/metrics/model/definition';
import type { PeriodRule } from '@/metrics/model/definition-vocabulary';
import { error, type Finding, type Rule, warning } from './rule';

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
export const period: Rule = (definition) => {
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
  if (definition.kind === 'aggregated') findings.push(...asOfPeriods(definition));
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
  if (rows === 'as_of' && (freq === 'H' || freq === 'N'))
    return [error('period_rule', definition, 'freq', '时点计数(as_of)按每日终了计,没有更细的时点', 'D')];
  return [];
}
