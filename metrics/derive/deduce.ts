import { ytd } from '@/metrics/calculus/accumulate';
import { isOfTwoBatches, periodFromYtd } from '@/metrics/calculus/from-ytd';
import type { CellKey, Freq } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { isDerivedSource } from '@/metrics/model/derived-source';
import { addPeriods, periodParts, periodStart, ytdStart } from '@/metrics/time/period';
import { isCumulative } from './bases';
import { type Evaluation, evaluationOf, type OperandUse } from './evaluation';
import type { Batch, Lookup } from './known';

/** Last period of a year at a frequency: what a year's cumulative value, or its end, is read from. */
const LAST_OF_YEAR: Partial<Record<Freq, number>> = { Q: 4, M: 12 };

/** Metrics whose other stretches of time follow from the published ones. */
export function isDeducible(definition: MetricDefinition): boolean {
  return definition.kind === 'reported' && ['A', 'Q', 'M'].includes(definition.freq);
}

/**
 * What a published series says of other stretches of time (calculus.md §2, §5, §6): the single month or quarter as the
 * difference of two cumulative figures of one publication batch, the cumulative figure as the sum of all months, the
 * year as its last cumulative figure or its end. Growth rates are never deduced from each other (T10).
 */
export function evaluateDeduction(
  definition: MetricDefinition,
  target: CellKey,
  lookup: Lookup,
  batch: Batch,
): Evaluation | null {
  const read = (cell: CellKey) => {
    const known = lookup(cell);
    // What was deduced is no ground for deducing more.
    return known?.source === 'deduced' ? undefined : known;
  };
  const at = (label: string, cell: CellKey): OperandUse => {
    const known = read(cell);
    return { label, cell, value: known?.value ?? null, known, own: true };
  };
  if (target.freq === 'A') return yearOf(definition, target, at);
  if (definition.accumulation !== 'flow') return null;
  if (target.basis === 'period') return singlePeriod(definition, target, at, batch);
  return target.basis === 'ytd' ? cumulative(definition, target, at) : null;
}

/** A published figure under another name: 一季度 is its 累计, the year its last one. Nothing was added or taken away. */
function sameStretch(published: OperandUse): Evaluation | null {
  return evaluationOf({ value: published.value, flags: [], operands: [published] });
}

type At = (label: string, cell: CellKey) => OperandUse;

function singlePeriod(
  definition: MetricDefinition,
  target: CellKey,
  at: At,
  batch: Batch,
): Evaluation | null {
  if (!isCumulative(definition)) return null;
  const { freq, periodMs } = target;
  const { month, quarter } = periodParts(periodMs);
  const place = freq === 'Q' ? quarter : month;
  const own = at('ytd', { ...target, basis: 'ytd' });
  // The year is the 累计 that ends it: a fourth quarter is the year less the third's (T2).
  const now = own.known === undefined && place === LAST_OF_YEAR[freq] ? wholeOf(target, at) : own;
  if (now.known === undefined) return null;
  if (place === 1) {
    // Where 1–2月 are merged January has no figure, so what there is of it was published as such.
    return sameStretch(now);
  }
  // 1–2月 is one figure: February alone is neither its half nor the whole of it (T3).
  if (freq === 'M' && definition.period_rule === 'MC' && month === 2) return null;
  const beforeCell = { ...target, basis: 'ytd', periodMs: addPeriods(freq, periodMs, -1) };
  const before = { ...at('lag_p(ytd, 1)', beforeCell) };
  const inBatch = batch(beforeCell, now.known.vintageMs);
  if (inBatch && inBatch.source !== 'deduced') {
    before.known = inBatch;
    before.value = inBatch.value;
  }
  const made = periodFromYtd({ ytd: now.value, previousYtd: before.value });
  const revised = batch(now.cell, now.known.vintageMs - 1);
  const mixed = isOfTwoBatches(now.known, before.known, revised?.source === 'deduced' ? undefined : revised);
  return evaluationOf({
    value: made.value,
    flags: ['deduced', ...made.flags, ...(mixed ? (['status_mixed'] as const) : [])],
    operands: [now, before],
  });
}

/** The year as its publisher gave it: one that is made here is made of its parts, or after them (`speakers.ts`). */
function wholeOf(target: CellKey, at: At): OperandUse {
  const cell = {
    ...target,
    freq: 'A',
    basis: 'period',
    periodMs: periodStart('A', target.periodMs),
  } as const;
  const year = at('year', cell);
  const isPublished = year.known !== undefined && !isDerivedSource(year.known.source);
  return isPublished ? year : { ...year, known: undefined, value: null };
}

function cumulative(definition: MetricDefinition, target: CellKey, at: At): Evaluation | null {
  if (isCumulative(definition)) return null;
  const { freq, periodMs } = target;
  const months: OperandUse[] = [];
  for (let ms = ytdStart(periodMs); ms <= periodMs; ms = addPeriods(freq, ms, 1))
    months.push(at('', { ...target, basis: 'period', periodMs: ms }));
  const named = months.map((use, index) => ({ ...use, label: String(index + 1) }));
  const made = ytd(named.map(({ value }) => value));
  // Without its own last month this cumulative stretch has not been reached.
  if (named.at(-1)?.value == null) return null;
  return evaluationOf({ value: made.value, flags: ['deduced', ...made.flags], operands: named });
}

/** The year: its last cumulative figure, its end for a stock, else the sum of its months or quarters. */
function yearOf(definition: MetricDefinition, target: CellKey, at: At): Evaluation | null {
  const { freq } = definition;
  const last = LAST_OF_YEAR[freq];
  if (last === undefined) return null;
  const lastMs = addPeriods(freq, target.periodMs, last - 1);
  const basis = definition.accumulation === 'stock' ? 'point' : 'ytd';
  if (target.basis !== (basis === 'point' ? 'point' : 'period')) return null;
  const whole = at(basis, { ...target, freq, basis, periodMs: lastMs });
  if (whole.known) return sameStretch(whole);
  if (definition.accumulation !== 'flow' || isCumulative(definition)) return null;
  const parts = Array.from({ length: last }, (_, index) =>
    at(String(index + 1), {
      ...target,
      freq,
      basis: 'period',
      periodMs: addPeriods(freq, target.periodMs, index),
    }),
  );
  if (parts.at(-1)?.value == null) return null;
  const made = ytd(parts.map(({ value }) => value));
  return evaluationOf({ value: made.value, flags: ['deduced', ...made.flags], operands: parts });
}
