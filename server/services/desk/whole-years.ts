import type { Freq, Observation, RegionCode } from '@/metrics/model/cell';
import { addPeriods, lastOfYear, periodStart } from '@/metrics/time/period';
import type { SeriesSummary } from '@/server/observations/series';
import type { Reach } from '@/server/services/desk/reach';
import { isUnfinished } from '@/server/services/desk/select';
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

/** What is published of whole years beside a cumulative series: 1–12月 is the year under another name (calculus.md §2). */
export class WholeYears {
  private constructor(
    private readonly freq: Freq,
    private readonly at: At,
    /** Where they are read; null where there are none, or the series is no cumulative one. */
    readonly reach: Reach | null,
    private readonly index: SeriesIndex | null,
    private readonly stretch: { firstMs: number; newestMs: number } | null,
  ) {}

  /** Read only where both are kept. */
  static async read(reach: Reach, series: readonly SeriesSummary[], at: At): Promise<WholeYears> {
    const { freq, basis } = reach;
    const years = series.filter(
      (o) => o.freq === 'A' && o.basis === 'period' && o.slice === at.slice && o.measure === 'level',
    );
    if (basis !== 'ytd' || years.length === 0) return new WholeYears(freq, at, null, null, null);
    const ofYears: Reach = { ...reach, freq: 'A', basis: 'period' };
    const fromMs = Math.min(...years.map(({ firstMs }) => firstMs));
    const lastMs = Math.max(...years.map((one) => one.lastMs));
    const index = await readStretch(ofYears, {
      regions: [at.region],
      slices: [at.slice],
      fromMs,
      lastMs,
    });
    return new WholeYears(freq, at, ofYears, index, { firstMs: fromMs, newestMs: lastMs });
  }

  /** The year that a period of the page's series ends; undefined where it ends none or the year is not known. */
  endedBy(periodMs: number): WholeYear | undefined {
    const { region, slice } = this.at;
    if (!this.index) return undefined;
    const yearMs = periodStart('A', periodMs);
    if (lastOfYear(this.freq, yearMs) !== periodMs) return undefined;
    const level = this.index.at(region, slice, yearMs);
    // A running year is its 累计 until now, and no period's end.
    if (this.reach && isUnfinished(this.reach.definition, 'A', yearMs, this.reach.asOfMs)) return undefined;
    return level?.value == null ? undefined : { level, change: this.index.yoy(region, slice, yearMs) };
  }

  /** The cumulative period that ends the newest year known; null where none is. */
  lastMs(): number | null {
    if (this.stretch === null) return null;
    const { firstMs, newestMs } = this.stretch;
    for (let yearMs = newestMs; yearMs >= firstMs; yearMs = addPeriods('A', yearMs, -1))
      if (this.endedBy(lastOfYear(this.freq, yearMs))) return lastOfYear(this.freq, yearMs);
    return null;
  }
}

/** The last cumulative period of a year of which only the year was published: 1-12月(全年); of quarters it is called so. */
export function labelOfWhole(name: string): string {
  return name.endsWith('全年') ? name : `${name}(全年)`;
}
