import type { Window } from '@/metrics/compile/types';
import { mergeWindows } from '@/metrics/compile/windows';
import { computedFrom } from '@/metrics/derive/dataset-of';
import { FREQUENCIES } from '@/metrics/model/cell';
import { nextPeriod } from '@/metrics/time/period';
import type { Stores } from '@/server/context';
import { findDataset } from '@/server/datasets/registry';
import type { KnownObservation } from '@/server/observations/append-known';
import { queueStretches } from './queue';
import { datasetSpan } from './window';

/**
 * A published stock is what movements are counted from (`stock_balance`): a new one, or another value of one, reopens
 * the days after the period that it closes, as far as the rows of the dataset reach. Later stocks that stand already
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
      const fromMs = freq ? Math.max(nextPeriod(freq, periodMs), span.fromMs) : span.toMs;
      return fromMs < span.toMs ? [{ fromMs, toMs: span.toMs }] : [];
    });
    await queueStretches(stores, dataset, mergeWindows(stretches));
  }
}

/** Where a publisher gives no value any more the rows speak again, of metrics that are computed from some. */
export async function reopenAfterSilence(
  stores: Stores,
  published: readonly KnownObservation[],
): Promise<void> {
  const stretches = new Map<string, Window[]>();
  for (const { metric, freq: text, periodMs, value, measure } of published) {
    const freq = FREQUENCIES.find((one) => one === text);
    if (value !== null || measure !== 'level' || !freq) continue;
    const dataset = rowsOf(stores, metric);
    if (dataset === undefined || !findDataset(dataset)) continue;
    const of = stretches.get(dataset) ?? [];
    stretches.set(dataset, [...of, { fromMs: periodMs, toMs: nextPeriod(freq, periodMs) }]);
  }
  for (const [dataset, own] of stretches) await queueStretches(stores, dataset, mergeWindows(own));
}

/** The dataset whose rows a metric's cells are computed from. */
export function rowsOf({ registry }: Pick<Stores, 'registry'>, metric: string): string | undefined {
  const definition = registry.find(metric)?.definition;
  return definition && computedFrom(definition, (code) => registry.find(code)?.definition);
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
