import { z } from 'zod';
import { FREQUENCIES, type Freq, type SeriesKey } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { parsePeriod } from '@/metrics/time/parse-period';
import { addPeriods, nextPeriod } from '@/metrics/time/period';
import { assertCan } from '@/server/access/roles';
import { assertDomain, assertReadableRegion } from '@/server/access/scope';
import type { Context } from '@/server/context';
import { AppError } from '@/server/errors';
import { readComparable } from '@/server/observations/comparable';
import { type ObservationFilter, readObservations } from '@/server/observations/read';
import { listSeries, type SeriesSummary } from '@/server/observations/series';
import { nothingKnown, type Unknown } from '@/server/services/calculus/nothing-known';
import type { CellCalculus } from '@/server/services/calculus/types';
import { calculusOf } from '@/server/services/calculus/workings-of';
import { sliceOf } from '@/server/services/desk/chosen';
import type { Reach } from '@/server/services/desk/reach';
import { chooseSeries, isUnfinished, type SeriesChoice } from '@/server/services/desk/select';
import { seriesEnd } from '@/server/services/desk/series-end';
import { asOfMsOf } from '@/server/services/observations/period-filter';
import { regionRef } from '@/server/services/screens/reading';
import { rootRegion } from '@/server/services/screens/root-region';

/** Enough to find one that has ended. */
const RECENT_PERIODS = 6;

/** The names are those of the REST parameters, so that an error's place is what the asker wrote. */
export const calculusInput = z.object({
  code: z.string().max(64),
  /** Default: the widest region of the reader's scope. */
  region: z.coerce
    .number({ error: '区划应为六位 GB/T 2260 代码' })
    .int('区划应为六位 GB/T 2260 代码')
    .optional(),
  freq: z.enum(FREQUENCIES, { error: `频率应为 ${FREQUENCIES.join('、')} 之一` }).optional(),
  basis: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,31}$/, '口径应为 period、ytd、point、mean 或具名口径')
    .optional(),
  slice: z.string().max(256).optional(),
  /** SDMX text; default the newest finished period with a value. */
  period: z.string().max(32).optional(),
  asOf: z.string().max(40).optional(),
});
export type CalculusInput = z.input<typeof calculusInput>;

/**
 * Every result of the calculus that applies to one cell, with what it was made of, as known at an instant. What is
 * not said of the cell is chosen as the page of the metric chooses it.
 * @throws AppError `not_found` for an unknown metric or region and where nothing is known of the cell, `forbidden`
 * outside the scope, `bad_input` for a period, slice or instant that is none and for a frequency, basis or slice that
 * the metric has nowhere; what there is stands in the message.
 */
export async function readCalculus(ctx: Context, input: CalculusInput): Promise<CellCalculus> {
  assertCan(ctx.actor, 'metric:read');
  const asked = calculusInput.parse(input);
  const { definition } = ctx.registry.get(asked.code);
  assertDomain(ctx.actor.scope, definition.domain);
  const region = asked.region === undefined ? rootRegion(ctx) : regionRef(asked.region);
  assertReadableRegion(ctx.actor.scope, region.code);
  const slice = sliceOf(asked.slice);
  const asOfMs = asked.asOf === undefined ? ctx.clock.nowMs() : asOfMsOf(ctx, asked.asOf);
  const period = periodOf(asked);
  const where = { metric: definition.code, region: region.code, slice, measure: 'level' as const };
  const nothing = (place: string) => {
    const { freq, basis } = asked;
    const unknown: Unknown = { definition, region: region.code, slice, freq, basis, asOfMs, place };
    return nothingKnown(ctx, unknown);
  };
  const wanted = { freq: asked.freq ?? period?.freq, basis: asked.basis ?? period?.basis };
  const isNamed = wanted.freq !== undefined && wanted.basis !== undefined;
  // Of a slice that has no series a zero would be observed of anything that anybody writes.
  const series = isNamed && slice === '' ? [] : await listSeries(ctx, { ...where, asOfMs });
  const choice = seriesOf(definition, series, { slice, asOfMs }, wanted);
  if (!choice) throw await nothing(wanted.basis === undefined ? 'freq' : 'basis');
  const { freq, basis } = choice;
  const reach = { ctx, definition, freq, basis, asOfMs };
  const periodMs = period?.startMs ?? (await newestWhole(reach, { ...where, freq, basis }, series));
  const calculus =
    periodMs === null ? null : await calculusOf(ctx, { ...where, freq, basis, periodMs }, asOfMs);
  if (!calculus) throw await nothing('period');
  return calculus;
}

/** The period asked for; it says the frequency too, and 上半年 the basis. */
function periodOf({ period: text, freq }: z.output<typeof calculusInput>) {
  if (text === undefined) return undefined;
  const parsed = parsePeriod(text);
  if (!parsed)
    throw new AppError('bad_input', `“${text}”不是可识别的时期,如 2024、2024-Q1、2024-03`, {
      place: 'period',
    });
  if (freq !== undefined && parsed.freq !== freq)
    throw new AppError('bad_input', `“${text}”不是频率 ${freq} 的时期`, { place: 'period' });
  return parsed;
}

function seriesOf(
  definition: MetricDefinition,
  series: readonly SeriesSummary[],
  at: { slice: string; asOfMs: number },
  asked: { freq?: Freq | undefined; basis?: string | undefined },
): SeriesChoice | null {
  const { freq, basis } = asked;
  const admitted = series.filter(
    (entry) =>
      entry.slice === at.slice &&
      (freq === undefined || entry.freq === freq) &&
      (basis === undefined || entry.basis === basis),
  );
  if (freq !== undefined && basis !== undefined)
    return at.slice === '' || admitted.length > 0 ? { freq, basis } : null;
  return chooseSeries(definition, admitted, asked, at.asOfMs);
}

async function newestWhole(
  reach: Pick<Reach, 'ctx' | 'definition' | 'freq' | 'basis' | 'asOfMs'>,
  of: SeriesKey,
  series: readonly SeriesSummary[],
): Promise<number | null> {
  const { ctx, definition, asOfMs } = reach;
  const own: ObservationFilter = {
    metrics: [of.metric],
    regions: [of.region],
    freq: [of.freq],
    basis: [of.basis],
    measure: ['level', 'yoy'],
    slices: [of.slice],
    asOfMs,
  };
  const recent = await readObservations(ctx, { ...own, lastPeriods: RECENT_PERIODS });
  const endMs = of.slice === '' ? null : await seriesEnd(reach, series, of);
  // Newer than the cells of a slice its zeros may be.
  if (endMs !== null && recent.every(({ periodMs }) => periodMs < endMs)) {
    const fromMs = addPeriods(of.freq, endMs, 1 - RECENT_PERIODS);
    recent.push(...(await readComparable(ctx, { ...own, fromMs, toMs: nextPeriod(of.freq, endMs) })));
  }
  const known = recent.filter(({ value }) => value !== null).sort((a, b) => b.periodMs - a.periodMs);
  const whole = known.find(({ freq, periodMs }) => !isUnfinished(definition, freq, periodMs, asOfMs));
  return (whole ?? known[0])?.periodMs ?? null;
}
