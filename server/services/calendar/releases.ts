import type { Observation } from '@/metrics/model/cell';
import { DOMAIN_TITLES } from '@/metrics/model/definition-vocabulary';
import { coveringSeries, followedSeries, RELEASED_FREQS } from '@/metrics/time/expected-period';
import { assertCan } from '@/server/access/roles';
import { domainInScope } from '@/server/access/scope';
import { readWorkCalendar } from '@/server/calendar/holidays';
import type { Context } from '@/server/context';
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
  const releases = definitions.flatMap((definition): Release[] => {
    const known = byMetric.get(definition.code) ?? [];
    const newest = followedSeries(definition, known, asOfMs);
    if (!newest) {
      withoutData += 1;
      return [];
    }
    const about = {
      metric: definition.code,
      name: definition.name,
      domainTitle: DOMAIN_TITLES[definition.domain],
      owner: definition.owner,
      lag: definition.release.lag,
    };
    const covering = coveringSeries(newest, known, asOfMs);
    return releasesOf(definition, newest, { asOfMs, calendar }, covering, known).map((row) => ({
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
