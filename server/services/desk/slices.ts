import { share } from '@/metrics/calculus/share';
import { Decimal, toDecimal } from '@/metrics/format/decimal';
import { nameAt } from '@/metrics/format/metric-name';
import { formatNumber } from '@/metrics/format/number';
import type { Observation, RegionCode } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { isOfAnotherCollection } from '@/metrics/model/derived-source';
import { isBalance } from '@/metrics/model/figure-range';
import { parseSlice } from '@/metrics/model/slice';
import type { SeriesSummary } from '@/server/observations/series';
import type { Reach } from '@/server/services/desk/reach';
import { isUnfinished } from '@/server/services/desk/select';
import { figureAt, periodLabel, readStretch } from '@/server/services/desk/series-index';
import type { SliceGroup, SliceRow } from '@/server/services/desk/types';
import { dimensionTitle, sliceTitle, valueTitle } from '@/server/services/desk/words';

/** Values of one period by slice, a group a dimension; in each the largest first, missing at the end. */
export async function readSlices(
  reach: Reach,
  at: { region: RegionCode; periodMs: number; series: readonly SeriesSummary[] },
): Promise<SliceGroup[]> {
  const { definition, freq, asOfMs } = reach;
  const { region } = at;
  const sliced = at.series.filter((entry) => entry.slice !== '' && entry.measure === 'level');
  if (sliced.length === 0) return [];
  const periodMs = slicedPeriod(sliced, at.periodMs, (ms) => isUnfinished(definition, freq, ms, asOfMs));
  const slices = sliced.map(({ slice }) => slice);
  const index = await readStretch(reach, {
    regions: [region],
    slices: ['', ...slices],
    fromMs: periodMs,
    lastMs: periodMs,
  });
  const whole = index.at(region, '', periodMs);
  const rows = slices.map((slice): SliceRow => {
    const observation = index.at(region, slice, periodMs);
    return {
      slice,
      title: Object.entries(parseSlice(slice))
        .map(([dim, value]) => valueTitle(dim, value, definition))
        .join(' · '),
      figure: figureAt(
        reach,
        region,
        observation,
        `${nameAt(definition, reach)}(${sliceTitle(slice, definition)})`,
      ),
      change: index.yoy(region, slice, periodMs),
      share: sliceShare(definition, observation, whole),
    };
  });
  const groups = new Map<string, SliceRow[]>();
  for (const row of rows) {
    const dims = Object.keys(parseSlice(row.slice)).join(';');
    groups.set(dims, [...(groups.get(dims) ?? []), row]);
  }
  return [...groups].map(([dims, members]) => ({
    dims: dims.split(';'),
    title: dims
      .split(';')
      .map((dim) => dimensionTitle(dim, definition))
      .join(' × '),
    periodLabel: periodLabel(reach, periodMs),
    rows: members.sort(byValue),
    overlap: overlap(members),
    otherWhole: members.some(({ slice }) =>
      isOfAnotherCollection(definition, index.at(region, slice, periodMs), whole),
    ),
    demo: members.some(({ figure }) => figure.demo),
  }));
}

/** The asked period where slices reach it, else their newest finished one. */
function slicedPeriod(
  sliced: readonly SeriesSummary[],
  wanted: number,
  running: (ms: number) => boolean,
): number {
  if (sliced.some(({ firstMs, lastMs }) => firstMs <= wanted && wanted <= lastMs)) return wanted;
  const ends = sliced.map(({ lastMs }) => lastMs).sort((a, b) => b - a);
  return ends.find((ms) => !running(ms)) ?? ends[0] ?? wanted;
}

/** Only amounts have parts, and a balance has none: they may be negative. */
function sliceShare(
  definition: MetricDefinition,
  part: Observation | undefined,
  whole: Observation | undefined,
) {
  const { accumulation } = definition;
  if ((accumulation !== 'flow' && accumulation !== 'stock') || isBalance(definition)) return null;
  if (isOfAnotherCollection(definition, part, whole)) return null;
  const { value } = share(part?.value, whole?.value);
  return value === null ? null : { value, text: `${formatNumber(value, { precision: 1 })}%` };
}

/** What rounding of published parts may be beyond 100 %. */
const ROUNDED_PERCENT = 0.5;

/** 煤电 is in 火电, 风电 in 可再生能源: such shares do not add up. */
function overlap(rows: readonly SliceRow[]): boolean {
  const shares = rows.flatMap(({ share: own }) => toDecimal(own?.value) ?? []);
  const total = shares.reduce((sum, one) => sum.plus(one), new Decimal(0));
  return shares.every((one) => !one.isNegative()) && total.gt(100 + ROUNDED_PERCENT);
}

function byValue(a: SliceRow, b: SliceRow): number {
  const x = toDecimal(a.figure.value);
  const y = toDecimal(b.figure.value);
  if (x === null || y === null) return Number(x === null) - Number(y === null);
  return y.cmp(x) || a.title.localeCompare(b.title, 'zh');
}
