import type { LineageRole } from '@/metrics/lineage/lineage';
import type { ReleaseRule } from '@/metrics/model/definition-release';
import type { Level, PeriodRule } from '@/metrics/model/definition-vocabulary';

/** Vocabularies that only the reference spells out; the others are the desk's. */

export const PERIOD_RULE_ZH: Readonly<Record<PeriodRule, string>> = {
  Y: '年度',
  YE: '年末时点',
  SY: '学年初',
  QC: '季度累计(一季度、上半年、前三季度、全年)',
  QP: '季度时点或当季',
  MC: '月度累计,1–2月合并,1月无数',
  MC12: '月度累计,1月单独有数',
  M: '当月',
  ME: '月末时点',
  M_noJanFeb: '当月,1、2月不发布',
  D: '逐日',
  H: '逐时',
  RT: '实时',
  PTD: '期初至今',
};

export const LEVEL_ZH: Readonly<Record<Level, string>> = {
  province: '省',
  city: '市',
  county: '县',
  park: '园区',
  grid: '网格',
  station: '站点',
  enterprise: '企业',
  scenic: '景区',
};

export const ROLE_ZH: Readonly<Record<LineageRole, string>> = {
  operand: '参与计算',
  opening: '期初存量',
  weight: '上卷权数',
};

const UNIT_ZH = { day: '日', month: '月', quarter: '季', year: '年' } as const;
const STAGE_ZH = { flash: '快报', final: '最终' } as const;

/** 月后18–22日 9时(快报): the structured rule, so that a reader can check it against the owner's words. */
export function releaseWords(rule: ReleaseRule): string {
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
      return [`${UNIT_ZH[rule.period]}结束后`, months, days, hour].filter(Boolean).join(' ');
    }
  }
}

function span([first, last]: readonly [number, number]): string {
  return first === last ? String(first) : `${first}–${last}`;
}
