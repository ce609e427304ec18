import type { Freq, Observation, RegionCode } from '@/metrics/model/cell';
import { nextPeriod, periodStart } from '@/metrics/time/period';
import type { SeriesSummary } from '@/server/observations/series';
import type { Reach } from '@/server/services/desk/reach';
import { readStretch, type SeriesIndex } from '@/server/services/desk/series-index';
import type { ChangeFigure } from '@/server/services/screens/types';

interface At {
  region: RegionCode;
  slice: string;
}

/** A year as published, standing for the cumulative period that ends it. */
export interface WholeYear {
  level: Observation;
  change: ChangeFigure;
}

/** Why a cumulative period that ends its year has no figure of its own where the year has one. */
export const IS_THE_YEAR = '全年的累计即年度数,见频率“年”';

/** Gives the year that a period of the page's series ends; undefined where it ends none or the year is not known. */
export type WholeYears = (periodMs: number) => WholeYear | undefined;

/**
 * What is published of whole years beside a cumulative series: 1–12月 is the year under another name (calculus.md §2).
 * Read only where both are kept.
 */
export async function readWholeYears(
  reach: Reach,
  series: readonly SeriesSummary[],
  { region, slice, fromMs, lastMs }: At & { fromMs: number; lastMs: number },
): Promise<WholeYears> {
  const { freq, basis } = reach;
  const kept = series.some((o) => o.freq === 'A' && o.basis === 'period' && o.slice === slice);
  if (basis !== 'ytd' || !kept) return () => undefined;
  const years = await readStretch(
    { ...reach, freq: 'A', basis: 'period' },
    {
      regions: [region],
      slices: [slice],
      fromMs: periodStart('A', fromMs),
      lastMs: periodStart('A', lastMs),
    },
  );
  return (periodMs) => wholeYear(years, { region, slice }, yearEndedBy(freq, periodMs));
}

function yearEndedBy(freq: Freq, periodMs: number): number | null {
  const yearMs = periodStart('A', periodMs);
  return nextPeriod(freq, periodMs) === nextPeriod('A', yearMs) ? yearMs : null;
}

function wholeYear(years: SeriesIndex, { region, slice }: At, yearMs: number | null): WholeYear | undefined {
  const level = yearMs === null ? undefined : years.at(region, slice, yearMs);
  if (yearMs === null || level?.value == null) return undefined;
  return { level, change: years.yoy(region, slice, yearMs) };
}
