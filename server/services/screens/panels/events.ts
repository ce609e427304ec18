import { nameAt } from '@/metrics/format/metric-name';
import { toneOf } from '@/metrics/format/tone';
import { isDayAssumed } from '@/metrics/model/assumed-day';
import type { Freq, Observation } from '@/metrics/model/cell';
import { unverifiedReason } from '@/metrics/model/unverified';
import { periodLabelZh } from '@/metrics/time/label';
import { nextPeriod } from '@/metrics/time/period';
import { periodName } from '@/metrics/time/period-of-rule';
import { DAY_MS } from '@/metrics/time/zone';
import { domainInScope } from '@/server/access/scope';
import type { PanelDefinition } from '@/server/services/screens/definition/model';
import { isDemo, shownValue, textOf, unitText } from '@/server/services/screens/figure';
import { classIndex, standardClasses } from '@/server/services/screens/panels/classes';
import { readLoads } from '@/server/services/screens/panels/loads';
import { cellOf, definitionOf, type Reading, regionRef } from '@/server/services/screens/reading';
import type { EventsData, ScreenEvent } from '@/server/services/screens/types';

type EventsDefinition = Extract<PanelDefinition, { kind: 'events' }>;

const TURNS_WITHIN_MS = DAY_MS;
const RELEASES_SHOWN = 6;
const RELEASED: readonly Freq[] = ['A', 'Q', 'M'];

/** What has just come in, newest first: loads, changes of air class, releases of official figures. */
export async function readEvents(reading: Reading, panel: EventsDefinition): Promise<EventsData> {
  const [loads, turns, releases] = await Promise.all([
    readLoads(reading),
    readTurns(reading, panel),
    readReleases(reading, panel),
  ]);
  const events = [...loads, ...turns, ...releases].sort(
    (a, b) => b.atMs - a.atMs || a.key.localeCompare(b.key),
  );
  return { events: events.slice(0, panel.limit) };
}

async function readTurns(reading: Reading, { turning }: EventsDefinition): Promise<ScreenEvent[]> {
  const { ctx, pool, children, asOfMs } = reading;
  const definition = definitionOf(reading, turning.metric);
  const classes = standardClasses(definition);
  if (!domainInScope(ctx.actor.scope, definition.domain) || children.length === 0) return [];
  const observations = await pool.read({
    metrics: [turning.metric],
    regions: children.map(({ code }) => code),
    freq: turning.freq,
    measure: ['level'],
  });
  const fromMs = asOfMs - TURNS_WITHIN_MS;
  const classOf = (o: Observation) => classIndex(classes, shownValue(definition, o.value));
  return observations.flatMap((current, index): ScreenEvent[] => {
    const previous = observations[index - 1];
    const follows =
      previous !== undefined &&
      previous.region === current.region &&
      previous.basis === current.basis &&
      current.periodMs >= fromMs &&
      nextPeriod(previous.freq, previous.periodMs) === current.periodMs;
    if (!follows) return [];
    const [before, now] = [classOf(previous), classOf(current)];
    if (before === null || now === null || before === now) return [];
    return [
      {
        key: `turn/${current.region}/${current.periodMs}`,
        atMs: nextPeriod(current.freq, current.periodMs),
        kind: 'turn',
        tone: toneOf(now - before, definition.direction),
        title: `${regionRef(current.region).name}空气 ${classes[before]?.label} → ${classes[now]?.label}`,
        detail: `AQI ${textOf(definition, previous)} → ${textOf(definition, current)} · ${periodLabelZh(current.freq, current.periodMs)}`,
        cell: cellOf(current),
        demo: isDemo(current),
      },
    ];
  });
}

async function readReleases(reading: Reading, { releases }: EventsDefinition): Promise<ScreenEvent[]> {
  const { ctx, pool, region } = reading;
  const metrics = releases.filter((metric) =>
    domainInScope(ctx.actor.scope, definitionOf(reading, metric).domain),
  );
  const observations = await pool.read({
    metrics,
    regions: [region.code],
    freq: RELEASED,
    measure: ['level'],
  });
  return observations
    .filter((o) => o.value !== null)
    .sort((a, b) => b.vintageMs - a.vintageMs || b.periodMs - a.periodMs)
    .slice(0, RELEASES_SHOWN)
    .map((o) => {
      const definition = definitionOf(reading, o.metric);
      const unverified = unverifiedReason(o);
      return {
        key: `release/${o.metric}/${o.freq}/${o.basis}/${o.periodMs}`,
        atMs: o.vintageMs,
        kind: 'release' as const,
        tone: 'neutral' as const,
        title: `${nameAt(definition, o)} ${textOf(definition, o)} ${unitText(definition.unit)}`,
        detail: `${regionRef(o.region).name} · ${periodName(definition, o)} · ${definition.owner}`,
        cell: cellOf(o),
        demo: isDemo(o),
        ...(unverified !== null && { unverified }),
        ...(isDayAssumed(o) && { assumed: true as const }),
      };
    });
}
