import type { Freq } from '@/metrics/model/cell';
import type { Release, ReleaseRule } from '@/metrics/model/definition-release';
import { type ExpectedRelease, expectedRelease, type LagRule } from './release';
import { HOUR_MS, MINUTE_MS } from './zone';

/** The release rule of a definition in the terms of {@link LagRule}, ready for `expectedRelease`. */
export function lagRuleOf(rule: ReleaseRule): LagRule {
  switch (rule.type) {
    case 'continuous':
      return { kind: 'realtime', withinMs: (rule.cadence_minutes ?? 0) * MINUTE_MS };
    case 'after_event':
      return { kind: 'elapsed', afterMs: rule.hours * HOUR_MS };
    case 'in_year':
      return {
        kind: 'in_year',
        yearOffset: 0,
        fromMonth: rule.month,
        toMonth: rule.month,
        ...(rule.days && { fromDay: rule.days[0], toDay: rule.days[1] }),
      };
    case 'after_period':
      return afterPeriod(rule);
  }
}

function afterPeriod(rule: Extract<ReleaseRule, { type: 'after_period' }>): LagRule {
  const { period, days, months, hour } = rule;
  if (period === 'day') {
    return { kind: 'next_day', days: days?.[1] ?? 0, ...(hour !== undefined && { hour }) };
  }
  if (period === 'year') {
    const [fromMonth, toMonth] = months ?? [1, 1];
    return {
      kind: 'in_year',
      yearOffset: 1,
      fromMonth,
      toMonth,
      ...(days && { fromDay: days[0], toDay: days[1] }),
    };
  }
  const [fromDay, toDay] = days ?? [1, 1];
  return { kind: 'day_after', unit: period, fromDay, toDay };
}

/** When the figure of a period is promised by a definition's structured rules: they decide, the words explain. */
export function promisedRelease(
  { rules }: Pick<Release, 'rules'>,
  freq: Freq,
  startMs: number,
): ExpectedRelease | null {
  return expectedRelease(rules.map(lagRuleOf), freq, startMs);
}
