import type { Release, ReleaseRule } from '@/metrics/model/definition-release';

const PERIOD_ZH = { day: '日', month: '月', quarter: '季', year: '年' } as const;
const STAGE_ZH = { flash: '快报', final: '最终' } as const;

/** The owner's words, and the structured rules, so that a reader can check one against the other. */
export function releaseZh({ lag, rules }: Release): string {
  return `${lag};${rules.map(releaseRuleZh).join(';')}`;
}

/** 月结束后 第 18–22 日 9 时(快报). */
function releaseRuleZh(rule: ReleaseRule): string {
  const stage = rule.stage ? `(${STAGE_ZH[rule.stage]})` : '';
  return `${timing(rule)}${stage}`;
}

function timing(rule: ReleaseRule): string {
  switch (rule.type) {
    case 'continuous':
      return rule.cadence_minutes ? `随到随算,约每 ${rule.cadence_minutes} 分钟` : '随到随算';
    case 'after_event':
      return `事发后 ${rule.hours} 小时内`;
    case 'in_year':
      return `当年 ${rule.month} 月${rule.days ? ` ${span(rule.days)} 日` : ''}`;
    case 'after_period': {
      const months = rule.months && `第 ${span(rule.months)} 个月`;
      const days = rule.days && `第 ${span(rule.days)} 日`;
      const hour = rule.hour === undefined ? undefined : `${rule.hour} 时`;
      return [`${PERIOD_ZH[rule.period]}结束后`, months, days, hour].filter(Boolean).join(' ');
    }
  }
}

function span([first, last]: readonly [number, number]): string {
  return first === last ? String(first) : `${first}–${last}`;
}
