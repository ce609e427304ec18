import { KIND_ZH } from '@/metrics/format/definition-words';
import { nameAt } from '@/metrics/format/metric-name';
import type { Observation } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { DOMAIN_TITLES, DOMAINS } from '@/metrics/model/definition-vocabulary';
import { assertCan } from '@/server/access/roles';
import { domainInScope } from '@/server/access/scope';
import { readWorkCalendar } from '@/server/calendar/holidays';
import type { Context } from '@/server/context';
import { readCoverage } from '@/server/observations/coverage';
import { isWhole, readNewest } from '@/server/observations/series';
import { listLamps } from '@/server/services/desk/list-lamps';
import { chooseSeries, isUnfinished } from '@/server/services/desk/select';
import { stateReader } from '@/server/services/desk/state';
import type { MetricList, MetricListEntry } from '@/server/services/desk/types';
import { whereElse } from '@/server/services/desk/where-else';
import { knownInstant } from '@/server/services/observations/known-instant';
import { figureOf, unitText } from '@/server/services/screens/figure';
import { isOfNothing, neverDueZh } from '@/server/services/screens/of-nothing';
import { rootRegion } from '@/server/services/screens/root-region';

/**
 * Every indicator of the catalogue that the reader's domains admit, by domain, with its newest value in the reader's
 * widest region or the reason why there is none.
 */
export async function readMetricList(ctx: Context, input: { asOfMs?: number } = {}): Promise<MetricList> {
  assertCan(ctx.actor, 'metric:read');
  const asOfMs = input.asOfMs === undefined ? ctx.clock.nowMs() : knownInstant(ctx, input.asOfMs);
  const region = rootRegion(ctx);
  const stateOf = stateReader(ctx);
  const [observations, calendar, coverage] = await Promise.all([
    readNewest(ctx, { region: region.code, asOfMs }),
    readWorkCalendar(ctx),
    readCoverage(ctx, input.asOfMs === undefined ? undefined : asOfMs),
  ]);
  const byMetric = new Map<string, Observation[]>();
  for (const o of observations) byMetric.set(o.metric, [...(byMetric.get(o.metric) ?? []), o]);
  const newestOf = (definition: MetricDefinition): Observation | undefined => {
    const found = (byMetric.get(definition.code) ?? []).filter(({ value }) => value !== null);
    const choice = chooseSeries(definition, found.map(summaryOf), {}, asOfMs);
    const series = found.filter(({ freq, basis }) => freq === choice?.freq && basis === choice.basis);
    return series.find((o) => !isUnfinished(definition, o.freq, o.periodMs, asOfMs)) ?? series[0];
  };
  const shown = ctx.registry
    .all()
    .filter(({ definition }) => domainInScope(ctx.actor.scope, definition.domain))
    .map(({ definition }) => ({ definition, newest: newestOf(definition) }));
  const moment = { asOfMs, calendar, known: observations };
  const lamps = await listLamps(
    ctx,
    shown.flatMap(({ newest }) => newest ?? []),
    moment,
  );
  const entries = shown.map(({ definition, newest }): MetricListEntry => {
    const figure = newest
      ? { ...figureOf(definition, region.code, newest, moment), lamp: lamps.get(definition.code) ?? null }
      : null;
    const there = coverage.get(definition.code);
    const state = stateOf(definition, there !== undefined);
    return {
      code: definition.code,
      name: newest ? nameAt(definition, newest) : definition.name,
      nameEn: definition.name_en,
      domain: definition.domain,
      domainTitle: DOMAIN_TITLES[definition.domain],
      kind: KIND_ZH[definition.kind],
      unit: unitText(definition.unit),
      owner: definition.owner,
      figure,
      ...state,
      ...(!figure && {
        reason: nothingDue(definition) ?? (there ? whereElse(there, region.level) : state.reason),
      }),
    };
  });
  /** Rows came here, and nothing of them has been due so far. */
  function nothingDue(definition: MetricDefinition): string | null {
    return byMetric.get(definition.code)?.some(isOfNothing) ? neverDueZh(definition) : null;
  }
  const domains = DOMAINS.map((code) => {
    const metrics = entries.filter(({ domain }) => domain === code).sort(presentFirst);
    return { code, title: DOMAIN_TITLES[code], present: countPresent(metrics), metrics };
  }).filter(({ metrics }) => metrics.length > 0);
  return { asOfMs, region, domains, total: entries.length, present: countPresent(entries) };
}

/** What can be read comes first; the registry's order otherwise. */
function presentFirst(a: MetricListEntry, b: MetricListEntry): number {
  return Number(b.state === 'present') - Number(a.state === 'present');
}

function countPresent(entries: readonly MetricListEntry[]): number {
  return entries.filter(({ state }) => state === 'present').length;
}

function summaryOf(o: Observation) {
  const { freq, basis, measure, slice, periodMs } = o;
  const wholeMs = isWhole(o) ? periodMs : null;
  return { freq, basis, measure, slice, periods: 1, firstMs: periodMs, lastMs: periodMs, wholeMs };
}
