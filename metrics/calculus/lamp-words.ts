import { formatNumber } from '@/metrics/format/number';
import type { ThresholdMeasure, ThresholdRule } from '@/metrics/model/definition-threshold';
import { severity } from './lamp';
import { colourOf, type FiredRule, type Readings } from './threshold-lamp';

/** What is compared, with its unit where it is not the metric's own. */
const MEASURE_ZH: Readonly<Record<ThresholdMeasure, { name: string; unit?: string }>> = {
  value: { name: '数值' },
  yoy: { name: '同比', unit: '%' },
  wow: { name: '周环比', unit: '%' },
  'value-100': { name: '涨幅(指数−100)', unit: '%' },
  day_value: { name: '日值' },
  month_value: { name: '月值' },
  value_vs_target_pp: { name: '较年度目标', unit: '个百分点' },
  growth_vs_target_pp: { name: '增速较年度目标', unit: '个百分点' },
  completion_vs_time_pp: { name: '完成率较进度', unit: '个百分点' },
  vs_quota_time_pp: { name: '用量占配额较时序', unit: '个百分点' },
  vs_plan_pct: { name: '实际占计划', unit: '%' },
  vs_redline: { name: '占红线', unit: '%' },
  'load/available_capacity': { name: '负荷占可用容量', unit: '' },
  ears: { name: 'EARS 信号', unit: '' },
  event_level: { name: '事件级别', unit: '' },
  alert_level: { name: '预警级别', unit: '' },
  class: { name: '类别', unit: '' },
};
const SIGNED: ReadonlySet<ThresholdMeasure> = new Set([
  'yoy',
  'wow',
  'value-100',
  'value_vs_target_pp',
  'growth_vs_target_pp',
  'completion_vs_time_pp',
  'vs_quota_time_pp',
]);
const OP_ZH = { lt: '低于', le: '不高于', gt: '高于', ge: '不低于' } as const;
const OP = { lt: '<', le: '≤', gt: '>', ge: '≥' } as const;

/** The rule that lights the lamp, with the value it judged and its limit: 完成率较进度 −1.3 个百分点,低于 0. */
export function firedText(fired: readonly FiredRule[], readings: Readings, unit: string): string {
  const worst = fired.reduce<FiredRule | null>(
    (best, one) => (best === null || weight(one.rule) > weight(best.rule) ? one : best),
    null,
  );
  if (worst === null) return '未触发任何阈值';
  const standard = worst.standard === undefined ? '' : `(${worst.standard})`;
  return `${ruleText(worst, readings, unit)}${standard}`;
}

function ruleText({ measure, rule }: FiredRule, { measures }: Readings, unit: string): string {
  const { name, unit: own } = MEASURE_ZH[measure];
  const reading = measures[measure];
  switch (rule.type) {
    case 'sustained':
      return sustainedText(rule);
    case 'equals':
      return `${name}为${reading && 'symbols' in reading ? reading.symbols.join('、') : rule.equals.join('、')}`;
    case 'limit':
      return `限值 ${rule.limit}`;
    default: {
      const limit = rule.type === 'compare' ? `${OP_ZH[rule.op]} ${signed(rule.limit)}` : rangeText(rule);
      if (!reading || 'symbols' in reading) return `${name}${limit}`;
      const { value, precision, rounding } = reading;
      const shown = formatNumber(value, {
        precision,
        sign: SIGNED.has(measure),
        ...(rounding && { rounding }),
      });
      const unitText = own ?? unit;
      const gap = unitText === '%' || unitText === '' ? '' : ' ';
      return `${name} ${shown}${gap}${unitText},${limit}`;
    }
  }
}

function rangeText({ from, to }: { from: number; to?: number | undefined }): string {
  return to === undefined ? `不低于 ${from}` : `在 ${from}–${to} 之间`;
}

function sustainedText({ any_of }: Extract<ThresholdRule, { type: 'sustained' }>): string {
  return any_of
    .map(({ all_of }) =>
      all_of
        .map(({ op, limit, hours }) => `日 AQI ${OP[op]} ${limit}${hours ? ` 持续 ${hours} 小时` : ''}`)
        .join('且'),
    )
    .join(',或');
}

function signed(limit: number): string {
  return String(limit).replace('-', '−');
}

/** Rules with a colour before words of a standard, severe before mild. */
function weight(rule: ThresholdRule): number {
  const colour = colourOf(rule);
  return colour === undefined ? -1 : severity(colour);
}
