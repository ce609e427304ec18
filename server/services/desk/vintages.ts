import { firstRelease, released, revisions } from '@/metrics/calculus/vintage';
import {
  changesInPercent,
  OTHER_COUNT_ZH,
  revisionText,
  smallPercentText,
} from '@/metrics/format/revision-text';
import { isDayAssumed } from '@/metrics/model/assumed-day';
import type { Observation, RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { shownPrecision } from '@/metrics/model/shown-precision';
import { unverifiedReason } from '@/metrics/model/unverified';
import { formatPeriod } from '@/metrics/time/label';
import { addPeriods } from '@/metrics/time/period';
import { periodName } from '@/metrics/time/period-of-rule';
import { readObservations } from '@/server/observations/read';
import type { Reach } from '@/server/services/desk/reach';
import type { VintageEntry, VintageRow } from '@/server/services/desk/types';
import { isDemo, textOf } from '@/server/services/screens/figure';

const PERIODS = 12;
/** Newest vintages of a period; a value that is recomputed hourly has many. */
const VINTAGES = 8;

/**
 * The revision triangle: the newest periods up to the last one, each with every vintage known at the instant, oldest
 * first, and what each revision changed.
 */
export async function readVintages(
  { ctx, definition, freq, basis, asOfMs }: Reach,
  at: { region: RegionCode; slice: string; lastMs: number; chosenMs: number },
): Promise<VintageRow[]> {
  const { region, slice, lastMs, chosenMs } = at;
  const endMs = Math.min(lastMs, addPeriods(freq, chosenMs, PERIODS - 1));
  const observations = await readObservations(ctx, {
    metrics: [definition.code],
    regions: [region],
    freq: [freq],
    basis: [basis],
    measure: ['level'],
    slices: [slice],
    fromMs: addPeriods(freq, endMs, 1 - PERIODS),
    toMs: endMs + 1000,
    asOfMs,
    allVintages: true,
  });
  const byPeriod = new Map<number, Observation[]>();
  for (const o of observations) byPeriod.set(o.periodMs, [...(byPeriod.get(o.periodMs) ?? []), o]);
  return [...byPeriod]
    .sort(([a], [b]) => b - a)
    .map(([periodMs, known]) => ({
      periodMs,
      period: formatPeriod(freq, periodMs),
      label: periodName(definition, known.at(-1) ?? { freq, basis, periodMs }),
      chosen: periodMs === chosenMs,
      vintages: entriesOf(definition, known).slice(-VINTAGES),
    }));
}

function entriesOf(definition: MetricDefinition, known: readonly Observation[]): VintageEntry[] {
  const { rounding } = definition;
  const precision = shownPrecision(definition, known[0]?.region ?? 0);
  const own = released(known);
  const first = firstRelease(own) ?? undefined;
  const ordered = revisions(own);
  return ordered.map(({ vintage, change: made, sinceFirst }, index) => {
    const before = ordered[index - 1]?.vintage;
    const change = made.flags.includes('counted_otherwise')
      ? { text: OTHER_COUNT_ZH, visible: false }
      : before && revisionText(before.value, vintage.value, { precision, rounding, of: definition });
    return {
      seq: index + 1,
      vintageMs: vintage.vintageMs,
      value: vintage.value,
      text: textOf(definition, vintage),
      status: vintage.status,
      assumed: isDayAssumed(vintage),
      demo: isDemo(vintage),
      approximate: vintage.flags.includes('approximate'),
      unverified: vintage.value === null ? null : unverifiedReason(vintage),
      source: vintage.source,
      runId: vintage.runId,
      definitionVersion: vintage.definitionVersion,
      changeText: change?.text ?? null,
      revises: change?.visible ?? false,
      sinceFirstText:
        index > 0 && sinceFirst.value !== null && changesInPercent(definition)
          ? smallPercentText(sinceFirst.value)
          : null,
      changeUnverified: made.value === null ? null : unverifiedReason(first, before, vintage),
    };
  });
}
