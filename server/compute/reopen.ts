import type { Window } from '@/metrics/compile/types';
import { mergeWindows } from '@/metrics/compile/windows';
import { computedFrom } from '@/metrics/derive/dataset-of';
import { FREQUENCIES } from '@/metrics/model/cell';
import { addPeriods, nextPeriod } from '@/metrics/time/period';
import type { Stores } from '@/server/context';
import { findDataset } from '@/server/datasets/registry';
import type { KnownObservation } from '@/server/observations/append-known';
import { AIR_RULES } from './air-rules';
import { queueStretches } from './queue';
import { datasetSpan } from './window';

/**
 * A published stock is what movements are counted from (`stock_balance`): a new one, or another value of one, reopens
 * the days after the period that it closes, as far as the rows of the dataset reach, and the day that closes it, which
 * says whether it had been counted otherwise. Later stocks that stand already
 * give the same days again, and equal values are not appended.
 */
export async function reopenAfterOpenings(
  stores: Stores,
  published: readonly KnownObservation[],
): Promise<void> {
  const openings = published.filter(
    ({ basis, measure, slice }) => basis === 'point' && measure === 'level' && slice === '',
  );
  for (const [dataset, metrics] of openingsByDataset(stores)) {
    const entry = findDataset(dataset);
    const own = openings.filter(({ metric }) => metrics.has(metric));
    const span = entry && own.length > 0 ? await datasetSpan(stores, entry) : null;
    if (!span) continue;
    const stretches = own.flatMap(({ freq: text, periodMs }) => {
      const freq = FREQUENCIES.find((one) => one === text);
      const fromMs = freq
        ? Math.max(addPeriods('D', nextPeriod(freq, periodMs), -1), span.fromMs)
        : span.toMs;
      return fromMs < span.toMs ? [{ fromMs, toMs: span.toMs }] : [];
    });
    await queueStretches(stores, dataset, mergeWindows(stretches));
  }
}

/**
 * Of metrics that are computed from rows: where a publisher gives no value any more the rows speak again, and what he
 * gives is a part of the longer stretches that are made of it.
 */
export async function reopenBesideRows(
  stores: Stores,
  published: readonly KnownObservation[],
): Promise<void> {
  const stretches = new Map<string, Window[]>();
  for (const one of published) {
    const freq = FREQUENCIES.find((known) => known === one.freq);
    if (one.measure !== 'level' || !freq || (one.value !== null && !isPartOfLonger(stores, one))) continue;
    const dataset = rowsOf(stores, one.metric);
    if (dataset === undefined || !findDataset(dataset)) continue;
    const of = stretches.get(dataset) ?? [];
    stretches.set(dataset, [...of, { fromMs: one.periodMs, toMs: nextPeriod(freq, one.periodMs) }]);
  }
  for (const [dataset, own] of stretches) await queueStretches(stores, dataset, mergeWindows(own));
}

/** Whether longer stretches of a metric are made of this one: 累计 and the year of its months, a month's end of its days. */
function isPartOfLonger(
  { registry }: Stores,
  { metric, freq, basis, slice, numerator }: KnownObservation,
): boolean {
  const definition = registry.find(metric)?.definition;
  if (definition?.kind !== 'aggregated' || slice !== '') return false;
  if (definition.accumulation === 'stock') return basis === 'point' && freq !== 'A';
  return freq === 'M' && basis === 'period' && (definition.accumulation === 'flow' || numerator !== null);
}

/**
 * The composite index of another edition is made of stored concentrations, published ones among them (calculus.md §18.6):
 * one that is published, or revised, has the index of its year made again. A day of its period is enough to reach it.
 */
export async function reopenAfterConcentrations(
  stores: Stores,
  published: readonly KnownObservation[],
): Promise<void> {
  for (const [dataset, metrics] of concentrationsByDataset(stores)) {
    const firsts = published.flatMap(({ metric, measure, slice, periodMs }) => {
      const isJudged = AIR_RULES.tracks?.some(({ fromMs, toMs }) => fromMs <= periodMs && periodMs < toMs);
      return isJudged && metrics.has(metric) && measure === 'level' && slice === '' ? [periodMs] : [];
    });
    const days = firsts.map((fromMs) => ({ fromMs, toMs: nextPeriod('D', fromMs) }));
    if (days.length > 0) await queueStretches(stores, dataset, mergeWindows(days));
  }
}

/** The dataset whose rows a metric's cells are computed from. */
export function rowsOf({ registry }: Pick<Stores, 'registry'>, metric: string): string | undefined {
  const definition = registry.find(metric)?.definition;
  return definition && computedFrom(definition, (code) => registry.find(code)?.definition);
}

/** Metrics that the composite index is made of, by the dataset whose job makes it. */
function concentrationsByDataset(stores: Stores): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { definition } of stores.registry.all()) {
    const fn = definition.kind === 'composite' ? definition.fn : undefined;
    const dataset = fn?.name === 'air_composite_index' ? rowsOf(stores, definition.code) : undefined;
    if (!fn || dataset === undefined || !findDataset(dataset)) continue;
    const known = found.get(dataset) ?? new Set();
    found.set(dataset, new Set([...known, ...Object.values(fn.args).map(String)]));
  }
  return found;
}

/** Metrics that a dataset's balances are counted from. */
function openingsByDataset({ registry }: Stores): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { definition } of registry.all()) {
    if (definition.kind !== 'aggregated' || typeof definition.fn?.args.opening !== 'string') continue;
    const { dataset, fn } = definition;
    found.set(dataset, (found.get(dataset) ?? new Set()).add(String(fn.args.opening)));
  }
  return found;
}
