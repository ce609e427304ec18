import type { Freq } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import type { ReleaseRule } from '@/metrics/model/definition-release';
import { daysInMonth } from '@/metrics/time/zone';
import { error, type Finding, type Rule } from './rule';

const LENGTH: Readonly<Record<Freq | 'day' | 'month' | 'quarter' | 'year', number>> = {
  N: 0,
  H: 1,
  D: 2,
  M: 3,
  Q: 4,
  A: 5,
  day: 2,
  month: 3,
  quarter: 4,
  year: 5,
};
const LENGTH_WORDS = { day: '日', month: '月', quarter: '季', year: '年' } as const;
/** 29 February exists in some years. */
const LEAP_YEAR = 2024;

/** A release that can be kept: after periods of the metric's own length or shorter, on days that there are. */
export const release: Rule = (definition) => {
  const { freq } = definition;
  const { rules } = definition.release;
  const findings = rules.flatMap((rule, index) => checkRule(definition, rule, `release.rules.${index}`));
  const periods = rules.map(periodOf);
  const [longest] = periods;
  // The alternative of a longer frequency (次年4月/月后20日) stands beside one of its own.
  if (longest !== undefined && periods.every((one) => one !== undefined && LENGTH[one] > LENGTH[freq]))
    findings.push(
      error(
        'release_period',
        definition,
        'release.rules',
        `发布规则按${LENGTH_WORDS[longest]}说,比指标的频率长`,
      ),
    );
  return findings;
};

/** What a rule counts from; undefined for one that follows no period. */
function periodOf(rule: ReleaseRule): 'day' | 'month' | 'quarter' | 'year' | undefined {
  if (rule.type === 'after_period') return rule.period;
  return rule.type === 'in_year' ? 'year' : undefined;
}

function checkRule(definition: MetricDefinition, rule: ReleaseRule, path: string): Finding[] {
  const wrong = (member: string, message: string) => [
    error('release_days', definition, `${path}.${member}`, message),
  ];
  if (rule.type === 'in_year') {
    const [from, to] = rule.days ?? [1, 1];
    const most = daysInMonth(LEAP_YEAR, rule.month);
    return from < 1 || to < from || to > most ? wrong('days', `${rule.month}月没有这几天`) : [];
  }
  if (rule.type !== 'after_period') return [];
  for (const member of ['days', 'months'] as const) {
    const [from, to] = rule[member] ?? [0, 0];
    if (to < from) return wrong(member, '起在止之后');
  }
  if (rule.period === 'month' || rule.period === 'quarter') {
    // Promised on days of the month that follows (metrics/time/release.ts).
    if ((rule.months?.[1] ?? 1) > 1) return wrong('months', '月后、季后只能是其后第一个月');
    if ((rule.days?.[1] ?? 1) > 31) return wrong('days', '一个月没有这么多天');
  }
  return [];
}
