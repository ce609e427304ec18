import type { Freq, RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { formatPeriod } from '@/metrics/time/label';
import type { Context } from '@/server/context';
import { AppError } from '@/server/errors';
import { listSeries, type SeriesSummary } from '@/server/observations/series';
import { isCourse } from '@/server/services/desk/select';
import { assertKnownValues } from '@/server/services/observations/known-values';
import { regionRef } from '@/server/services/screens/reading';

const SHOWN = 12;

/** What was asked for and is not there; of frequency and basis only what the asker wrote. */
export interface Unknown {
  definition: MetricDefinition;
  region: RegionCode;
  slice: string;
  freq?: Freq | undefined;
  basis?: string | undefined;
  asOfMs: number;
  /** Parameter that there is nothing of. */
  place: string;
}

/**
 * Why a cell cannot be shown, with what could be.
 * @returns AppError `not_found` with the series that the region has.
 * @throws AppError `bad_input` with what there is, for a frequency, basis or slice that the metric has nowhere.
 */
export async function nothingKnown(ctx: Context, unknown: Unknown): Promise<AppError> {
  const { definition, region, slice, freq, basis, asOfMs, place } = unknown;
  await assertKnownValues(
    ctx,
    [definition],
    { ...(freq && { freq: [freq] }), ...(basis !== undefined && { basis: [basis] }), slice: [slice] },
    [],
  );
  const series = await listSeries(ctx, { metric: definition.code, region, asOfMs });
  const there = series.filter((one) => one.slice === slice && isCourse(one));
  return new AppError('not_found', `这一格没有观测值;${choicesText(there, regionRef(region).name)}`, {
    place,
  });
}

function choicesText(series: readonly SeriesSummary[], regionName: string): string {
  const stretches = new Map<string, { freq: Freq; firstMs: number; lastMs: number }>();
  for (const { freq, basis, firstMs, lastMs } of series) {
    const name = `freq=${freq}&basis=${basis}`;
    const known = stretches.get(name) ?? { freq, firstMs, lastMs };
    stretches.set(name, {
      freq,
      firstMs: Math.min(known.firstMs, firstMs),
      lastMs: Math.max(known.lastMs, lastMs),
    });
  }
  if (stretches.size === 0) return `${regionName}没有这一指标、这一分组的数`;
  const words = [...stretches].map(([name, { freq, firstMs, lastMs }]) => {
    return `${name}(${formatPeriod(freq, firstMs)} 至 ${formatPeriod(freq, lastMs)})`;
  });
  const rest = words.length > SHOWN ? ` 等 ${words.length} 个` : '';
  return `${regionName}有:${words.slice(0, SHOWN).join('、')}${rest}`;
}
