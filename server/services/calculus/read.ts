import { z } from 'zod';
import { FREQUENCIES, type Freq, type RegionCode, type SeriesKey } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { parsePeriod } from '@/metrics/time/parse-period';
import { assertCan } from '@/server/access/roles';
import { assertDomain, assertReadableRegion } from '@/server/access/scope';
import type { Context } from '@/server/context';
import { AppError } from '@/server/errors';
import { readObservations } from '@/server/observations/read';
import { listSeries } from '@/server/observations/series';
import { nothingKnown, type Unknown } from '@/server/services/calculus/nothing-known';
import type { CellCalculus } from '@/server/services/calculus/types';
import { calculusOf } from '@/server/services/calculus/workings-of';
import { sliceOf } from '@/server/services/desk/chosen';
import { chooseSeries, isUnfinished, type SeriesChoice } from '@/server/services/desk/select';
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
  const choice = await seriesOf(ctx, definition, { ...where, asOfMs }, wanted);
  if (!choice) throw await nothing(wanted.basis === undefined ? 'freq' : 'basis');
  const { freq, basis } = choice;
  const periodMs = period?.startMs ?? (await newestWhole(ctx, definition, { ...where, freq, basis }, asOfMs));
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

async function seriesOf(
  ctx: Context,
  definition: MetricDefinition,
  at: { metric: string; region: RegionCode; slice: string; asOfMs: number },
  asked: { freq?: Freq | undefined; basis?: string | undefined },
): Promise<SeriesChoice | null> {
  const { freq, basis } = asked;
  if (freq !== undefined && basis !== undefined) return { freq, basis };
  const series = (await listSeries(ctx, at)).filter(({ slice }) => slice === at.slice);
  const admitted = series.filter(
    (entry) => (freq === undefined || entry.freq === freq) && (basis === undefined || entry.basis === basis),
  );
  return chooseSeries(definition, admitted, asked, at.asOfMs);
}

async function newestWhole(
  ctx: Context,
  definition: MetricDefinition,
  series: SeriesKey,
  asOfMs: number,
): Promise<number | null> {
  const recent = await readObservations(ctx, {
    metrics: [series.metric],
    regions: [series.region],
    freq: [series.freq],
    basis: [series.basis],
    measure: ['level', 'yoy'],
    slices: [series.slice],
    lastPeriods: RECENT_PERIODS,
    asOfMs,
  });
  const known = recent.filter(({ value }) => value !== null).sort((a, b) => b.periodMs - a.periodMs);
  const whole = known.find(({ freq, periodMs }) => !isUnfinished(definition, freq, periodMs, asOfMs));
  return (whole ?? known[0])?.periodMs ?? null;
}
