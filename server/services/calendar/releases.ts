import { nameAt } from '@/metrics/format/metric-name';
import type { Observation, RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { DOMAIN_TITLES } from '@/metrics/model/definition-vocabulary';
import { coveringSeries, followedSeries, RELEASED_FREQS } from '@/metrics/time/expected-period';
import { periodStart } from '@/metrics/time/period';
import { assertCan } from '@/server/access/roles';
import { domainInScope } from '@/server/access/scope';
import { readWorkCalendar } from '@/server/calendar/holidays';
import type { Context } from '@/server/context';
import { readObservations } from '@/server/observations/read';
import { readNewest } from '@/server/observations/series';
import { rootRegion } from '@/server/services/screens/root-region';
import type { RegionRef } from '@/server/services/screens/types';
import { type ReleaseRow, releasesOf } from './release-rows';

export interface Release extends ReleaseRow {
  metric: string;
  name: string;
  domainTitle: string;
  owner: string;
  /** The definition's own words for its promise. */
  lag: string;
}

export interface ReleaseCalendar {
  asOfMs: number;
  region: RegionRef;
  /** Overdue first, then late, pending and arrived ones; each by its promise. */
  releases: Release[];
  /** Metrics of these frequencies without a single figure here: nothing can be late that never was connected. */
  withoutData: number;
}

const STATE_ORDER: readonly ReleaseRow['state'][] = ['overdue', 'late', 'pending', 'arrived'];

/** What is expected when, by the definitions' release rules, of the metrics that have figures in the reader's region. */
export async function listReleases(ctx: Context): Promise<ReleaseCalendar> {
  assertCan(ctx.actor, 'calendar:read');
  return readReleases(ctx);
}

/** The same for verbs that ask for a capability of their own: whatever says late or overdue says it by this calendar. */
export async function readReleases(ctx: Context): Promise<ReleaseCalendar> {
  const region = rootRegion(ctx);
  const asOfMs = ctx.clock.nowMs();
  const [observations, calendar] = await Promise.all([
    readNewest(ctx, { region: region.code, asOfMs }),
    readWorkCalendar(ctx),
  ]);
  const byMetric = new Map<string, Observation[]>();
  for (const o of observations) byMetric.set(o.metric, [...(byMetric.get(o.metric) ?? []), o]);
  const definitions = ctx.registry
    .all()
    .map(({ definition }) => definition)
    .filter(({ freq, domain }) => RELEASED_FREQS.includes(freq) && domainInScope(ctx.actor.scope, domain));
  let withoutData = 0;
  const followed = definitions.flatMap((definition) => {
    const known = byMetric.get(definition.code) ?? [];
    const newest = followedSeries(definition, known, asOfMs);
    if (newest) return [{ definition, known, newest, covering: coveringSeries(newest, known, asOfMs) }];
    withoutData += 1;
    return [];
  });
  const longer = await readLonger(ctx, region.code, followed, asOfMs);
  const releases = followed.flatMap(({ definition, known, newest, covering }): Release[] => {
    const about = {
      metric: definition.code,
      name: nameAt(definition, newest),
      domainTitle: DOMAIN_TITLES[definition.domain],
      owner: definition.owner,
      lag: definition.release.lag,
    };
    const all = [...known, ...longer.filter(({ metric }) => metric === definition.code)];
    return releasesOf(definition, newest, { asOfMs, calendar }, covering, all).map((row) => ({
      ...about,
      ...row,
    }));
  });
  releases.sort(
    (a, b) =>
      STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state) ||
      a.dueMs - b.dueMs ||
      a.metric.localeCompare(b.metric),
  );
  return { asOfMs, region, releases, withoutData };
}

interface Followed {
  definition: MetricDefinition;
  newest: Observation;
  covering: Observation | undefined;
}

/** The longer periods of the metrics whose shorter ones ceased: which of them came, not the newest alone. */
async function readLonger(
  ctx: Context,
  region: RegionCode,
  followed: readonly Followed[],
  asOfMs: number,
): Promise<Observation[]> {
  const gaps = followed.flatMap(({ definition, newest, covering }) =>
    covering ? [{ metric: definition.code, fromMs: periodStart('A', newest.periodMs), covering }] : [],
  );
  if (gaps.length === 0) return [];
  return readObservations(ctx, {
    metrics: gaps.map(({ metric }) => metric),
    regions: [region],
    freq: [...new Set(gaps.map(({ covering }) => covering.freq))],
    measure: ['level'],
    slices: [''],
    fromMs: Math.min(...gaps.map(({ fromMs }) => fromMs)),
    toMs: asOfMs,
    asOfMs,
  });
}
