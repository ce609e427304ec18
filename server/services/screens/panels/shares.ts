import { breakNote, contradictsGrowth } from '@/metrics/calculus/level-break';
import { sumOf } from '@/metrics/calculus/result';
import { share } from '@/metrics/calculus/share';
import { formatNumber } from '@/metrics/format/number';
import type { Measure, Observation } from '@/metrics/model/cell';
import { unverifiedReason } from '@/metrics/model/unverified';
import { periodLabelZh } from '@/metrics/time/label';
import { addPeriods } from '@/metrics/time/period';
import { domainInScope } from '@/server/access/scope';
import { AppError } from '@/server/errors';
import type { PanelDefinition } from '@/server/services/screens/definition/model';
import { figureOf } from '@/server/services/screens/figure';
import { readableChoices } from '@/server/services/screens/panels/access';
import { definitionOf, newestOf, type Reading, seriesLike } from '@/server/services/screens/reading';
import type { RegionRef, SharesData } from '@/server/services/screens/types';

type SharesDefinition = Extract<PanelDefinition, { kind: 'shares' }>;

/**
 * Shares of the parts in their sum, period by period. A period in which a part is missing has no shares: a share of
 * an incomplete sum would be false. Shown unrounded, so that rounded shares need not sum to 100 (calculus.md §9).
 */
export async function readShares(
  reading: Reading,
  region: RegionRef,
  panel: SharesDefinition,
): Promise<SharesData> {
  const { pool } = reading;
  const parts = readableChoices(reading, panel.parts);
  const observations = await pool.read({
    metrics: parts.map(({ metric }) => metric),
    regions: [region.code],
    freq: [panel.freq],
    measure: ['level'],
  });
  const newest = parts.map((choice) => newestOf(observations, choice, definitionOf(reading, choice.metric)));
  const last = newest.find((o) => o !== undefined);
  if (!last) throw new AppError('not_found', `${region.name}没有分产业数据`);
  const endMs = Math.max(...newest.map((o) => o?.periodMs ?? 0));
  const broken = await breaksOf(reading, region, panel, last);
  const periods = Array.from({ length: panel.periods }, (_, index) => {
    const periodMs = addPeriods(panel.freq, endMs, index - panel.periods + 1);
    const values = parts.map(({ metric }) => seriesLike(observations, { ...last, metric }).get(periodMs));
    const unverified = unverifiedReason(...values);
    const total = sumOf(values.map((o) => o?.value));
    const label = periodLabelZh(panel.freq, periodMs, last.basis);
    return {
      periodMs,
      label,
      // Before the first bar there is nothing to part it from.
      breakNote: index > 0 && broken(periodMs) ? breakNote(label) : null,
      parts: parts.map((choice, part) => {
        const result = share(values[part]?.value, total);
        return {
          key: choice.metric,
          name: choice.name ?? definitionOf(reading, choice.metric).name,
          share: result.value,
          text: result.value === null ? '—' : `${formatNumber(result.value, { precision: 1 })}%`,
          unverified: result.value === null ? null : unverified,
          figure: figureOf(
            definitionOf(reading, choice.metric),
            region.code,
            values[part],
            reading,
            choice.name,
          ),
        };
      }),
    };
  });
  const newestWhole = periods.findLast(({ parts: shares }) => shares.every((entry) => entry.share !== null));
  const words = newestWhole?.parts.map((entry) => `${entry.name} ${entry.text}`).join('、');
  const notes = periods
    .flatMap((period) => (period.breakNote === null ? [] : [`${period.breakNote}。`]))
    .join('');
  return {
    periods,
    sentence: newestWhole
      ? `${region.name}${newestWhole.label}三次产业占比:${words}。${notes}`
      : '没有三次产业齐全的年份。',
    demo: observations.some((o) => o.flags.includes('demo')),
  };
}

/** Whether a period's whole contradicts the growth published of it: its parts then follow on no better. */
async function breaksOf(
  { ctx, pool }: Reading,
  region: RegionRef,
  { whole, freq }: SharesDefinition,
  like: Observation,
): Promise<(periodMs: number) => boolean> {
  const codes = [whole.metric, whole.growthMetric];
  const readable = codes.filter((code) =>
    domainInScope(ctx.actor.scope, ctx.registry.get(code).definition.domain),
  );
  const observations = await pool.read({ metrics: readable, regions: [region.code], freq: [freq] });
  const of = (metric: string, measure: Measure) => seriesLike(observations, { ...like, metric, measure });
  const levels = of(whole.metric, 'level');
  const own = of(whole.metric, 'yoy');
  const growth = of(whole.growthMetric, 'level');
  return (periodMs) =>
    contradictsGrowth(
      levels.get(periodMs)?.value,
      levels.get(addPeriods(freq, periodMs, -1))?.value,
      own.get(periodMs)?.value ?? growth.get(periodMs)?.value,
    );
}
