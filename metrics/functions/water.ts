import {
  annualWaterClass,
  type WaterSample,
  type WaterVerdict,
  waterClass,
} from '@/metrics/calculus/environment/water-class';
import type { WaterItem } from '@/metrics/calculus/environment/water-standard';
import { mainPollutantsFlag } from '@/metrics/calculus/environment/water-text';
import type { WaterMade, WaterRule } from '@/metrics/compile/layers/types';
import { Decimal } from '@/metrics/format/decimal';
import type { Freq, RegionCode } from '@/metrics/model/cell';
import { formatSlice } from '@/metrics/model/slice';
import { nextPeriod, periodStart, periodsBetween } from '@/metrics/time/period';
import { cityOf, flagsOf, isProvince, isRunning, levelsOf, type MadeCell, ownCells, stored } from './cell';

/** One section's means of a month or a day. */
export interface WaterLayerRow {
  section: string;
  region: RegionCode;
  periodMs: number;
  demo: boolean;
  samples: number;
  /** `lake` where the limits of lakes and reservoirs hold. */
  body: string;
  values: readonly (string | null)[];
  slices: readonly string[];
  /** One list a share, by class 1–6: whether it counts. */
  verdicts: readonly (readonly number[])[];
}

/** A section judged over a stretch of time. */
interface Judged {
  row: WaterLayerRow;
  verdict: WaterVerdict & { class: number };
  demo: boolean;
  samples: number;
  /** Months of the stretch that have no sample. */
  incomplete: boolean;
}

/** Cells of water classes and their shares. A year is judged by the means of its months (T47–T49). */
export function waterCells(rule: WaterRule, rows: readonly WaterLayerRow[]): MadeCell[] {
  const cells = stretchesOf(rule, rows).flatMap((stretch) => {
    const judged = judgedIn(rule, rows, stretch);
    return [
      ...rule.classes.filter(stretch.serves).flatMap((metric) => classCells(rule, metric, stretch, judged)),
      ...rule.shares
        .map((share, place) => ({ share, place }))
        .filter(({ share }) => stretch.serves(share))
        .flatMap(({ share, place }) => shareCells(rule, share, place, stretch, judged)),
    ];
  });
  return ownCells(cells, rule);
}

interface Stretch {
  freq: Freq;
  basis: 'period' | 'ytd';
  /** First instant of the cell's period. */
  periodMs: number;
  /** Rows whose period begins in it belong. */
  fromMs: number;
  toMs: number;
  serves(metric: WaterMade): boolean;
}

/** Stretches that some row falls into: 累计 only up to a month or quarter with a sample. */
function stretchesOf({ gatherBy, long }: WaterRule, rows: readonly WaterLayerRow[]): Stretch[] {
  const starts = [...new Set(rows.map(({ periodMs }) => periodMs))].sort((a, b) => a - b);
  const periods = (freq: Freq) => [...new Set(starts.map((ms) => periodStart(freq, ms)))];
  const own = (freq: Freq, serves: Stretch['serves']) =>
    periods(freq).map(
      (ms): Stretch => ({
        ...{ freq, basis: 'period', periodMs: ms, fromMs: ms, toMs: nextPeriod(freq, ms), serves },
      }),
    );
  const ytd = (freq: Freq, serves: Stretch['serves']) =>
    own(freq, serves).map(
      (one): Stretch => ({ ...one, basis: 'ytd', fromMs: periodStart('A', one.periodMs) }),
    );
  if (!long) return own(gatherBy, () => true);
  const byQuarter = (metric: WaterMade) => metric.byQuarter;
  return [
    ...ytd('M', ({ byMonth }) => byMonth),
    ...own('Q', byQuarter),
    ...ytd('Q', byQuarter),
    ...own('A', () => true),
  ];
}

/** Each section with a sample in the stretch, by the mean of its means. */
function judgedIn(rule: WaterRule, rows: readonly WaterLayerRow[], stretch: Stretch): Judged[] {
  const bySection = new Map<string, WaterLayerRow[]>();
  for (const row of rows) {
    if (row.periodMs < stretch.fromMs || row.periodMs >= stretch.toMs) continue;
    bySection.set(row.section, [...(bySection.get(row.section) ?? []), row]);
  }
  const endMs = isRunning(stretch, rule.nowMs) ? nextPeriod('M', periodStart('M', rule.nowMs)) : stretch.toMs;
  const expected = rule.long ? periodsBetween('M', stretch.fromMs, endMs) : 1;
  return [...bySection.values()].flatMap((parts): Judged[] => {
    const last = parts.at(-1);
    if (!last) return [];
    const samples = parts.map((row) => sampleOf(rule, row));
    const verdict = rule.long ? annualWaterClass(samples) : waterClass(samples[0] ?? {});
    if (verdict.class === null) return [];
    return [
      {
        row: last,
        verdict: { ...verdict, class: verdict.class },
        demo: parts.some(({ demo }) => demo),
        samples: parts.reduce((sum, row) => sum + row.samples, 0),
        incomplete: parts.length < expected,
      },
    ];
  });
}

function sampleOf({ items }: WaterRule, { values, body }: WaterLayerRow): WaterSample {
  return Object.fromEntries(
    items.map((item, i) => [item === 'tp' && body === 'lake' ? 'tp_lake' : (item as WaterItem), values[i]]),
  );
}

/** A class belongs to its section alone, at the place where the section is. */
function classCells(
  { nowMs }: WaterRule,
  { code, version, section }: WaterRule['classes'][number],
  { freq, basis, periodMs }: Stretch,
  judged: readonly Judged[],
): MadeCell[] {
  return judged.map(({ row, verdict, demo, samples, incomplete }) => ({
    ...{ metric: code, freq, region: row.region, basis, periodMs, version, samples },
    slice: formatSlice({ [section]: row.section }),
    value: String(verdict.class),
    numerator: null,
    denominator: null,
    flags: flagsOf({ freq, periodMs }, nowMs, {
      demo,
      partial: incomplete,
      more: verdict.main.length > 0 ? [mainPollutantsFlag(verdict.main)] : [],
    }),
  }));
}

function shareCells(
  rule: WaterRule,
  share: WaterRule['shares'][number],
  place: number,
  { freq, basis, periodMs }: Stretch,
  judged: readonly Judged[],
): MadeCell[] {
  const groups = new Map<string, { region: RegionCode; slice: string; sections: Judged[] }>();
  for (const one of judged) {
    const slices = share.slices.map(({ name, place: at }) =>
      formatSlice({ [name]: one.row.slices[at] ?? '' }),
    );
    for (const region of levelsOf(one.row.region)) {
      for (const slice of ['', ...slices]) {
        const key = `${region} ${slice}`;
        const group = groups.get(key) ?? { region, slice, sections: [] };
        group.sections.push(one);
        groups.set(key, group);
      }
    }
  }
  const reporting = new Set(judged.map(({ row }) => cityOf(row.region)).filter((city) => !isProvince(city)));
  return [...groups.values()].map(({ region, slice, sections }) => {
    const counting = sections.filter(({ row, verdict }) => row.verdicts[place]?.[verdict.class - 1] === 1);
    const partial = isProvince(region) && reporting.size < rule.cities.length;
    return {
      ...{ metric: share.code, freq, region, slice, basis, periodMs, version: share.version },
      value: stored(new Decimal(counting.length).times(share.factor).div(sections.length)),
      numerator: String(counting.length),
      denominator: String(sections.length),
      samples: sections.length,
      flags: flagsOf({ freq, periodMs }, rule.nowMs, {
        demo: sections.some(({ demo }) => demo),
        partial: partial || sections.some(({ incomplete }) => incomplete),
      }),
    };
  });
}
