import { z } from 'zod';
import { cellId } from '@/metrics/derive/known';
import { FREQUENCIES, type Observation, type RegionCode } from '@/metrics/model/cell';
import { countsThings } from '@/metrics/model/counted';
import { childrenOf } from '@/metrics/regions/tree';
import type { Context } from '@/server/context';
import { withObservedZeros } from '@/server/observations/observed-zeros';
import { type ObservationFilter, readObservations } from '@/server/observations/read';
import { withValueSince } from '@/server/observations/value-since';

const partsRow = z.object({
  metric: z.string(),
  freq: z.enum(FREQUENCIES),
  basis: z.string(),
  slice: z.string(),
  province: z.coerce.number(),
  period_ms: z.coerce.number(),
  parts: z.array(z.coerce.number()),
});

/**
 * Observations that are to be compared with each other. The observed zeros of slices are among them, as values. An
 * incomplete value of the province that lacks cities says which of them have one at the instant, because two of different
 * cities do not compare (calculus.md §15). That is no figure: the reader's scope does not matter to it. A level that was
 * told again says since when its value stands.
 */
export async function readComparable(ctx: Context, filter: ObservationFilter): Promise<Observation[]> {
  const kept = await withValueSince(ctx, await readObservations(ctx, filter), filter.asOfMs);
  const observations = await withObservedZeros(ctx, filter, kept);
  const incomplete = observations.filter(isIncomplete);
  if (incomplete.length === 0) return observations;
  const covered = coverageCell(ctx);
  const parts = await partsOf(ctx, incomplete.map(covered), filter.asOfMs);
  return observations.map((o) => {
    const present = isIncomplete(o) ? (parts.get(cellId(covered(o))) ?? []) : undefined;
    // With all of its cities it lacks something else.
    return present && present.length < childrenOf(o.region).length ? { ...o, parts: present } : o;
  });
}

/** The cell whose cities say what a cell covers: a city that had nothing of one kind of things has an observed zero of it. */
function coverageCell({ registry }: Pick<Context, 'registry'>): (o: Observation) => Observation {
  return (o) => {
    const definition = o.slice === '' ? undefined : registry.find(o.metric)?.definition;
    return definition && countsThings(definition) ? { ...o, slice: '' } : o;
  };
}

function isIncomplete({ region, measure, value, flags }: Observation): boolean {
  return region % 10_000 === 0 && measure === 'level' && value !== null && flags.includes('partial');
}

/** Cities with a value of the same cell as known at the instant, by the province's cell. */
async function partsOf(
  { warehouse }: Pick<Context, 'warehouse'>,
  cells: readonly Observation[],
  asOfMs: number | undefined,
): Promise<Map<string, RegionCode[]>> {
  const distinct = <T>(of: (o: Observation) => T): T[] => [...new Set(cells.map(of))];
  const known =
    asOfMs === undefined ? '' : "AND vintage <= fromUnixTimestamp64Milli({as_of_ms:Int64}, 'Asia/Shanghai')";
  const rows = await warehouse.screens.rows({
    name: 'observations_parts',
    sql: `SELECT metric, freq, basis, slice, toUInt32(intDiv(place, 10000) * 10000) AS province, at AS period_ms,
        arraySort(groupArray(place)) AS parts
      FROM (
        SELECT metric, freq, basis, slice, region AS place, toUnixTimestamp64Milli(toDateTime64(period, 3)) AS at
        FROM observation
        WHERE metric IN {metrics:Array(String)} AND freq IN {freqs:Array(String)} AND basis IN {bases:Array(String)}
          AND slice IN {slices:Array(String)} AND measure = 'level' AND region % 100 = 0 AND region % 10000 != 0
          AND intDiv(region, 10000) * 10000 IN {provinces:Array(UInt32)}
          AND toUnixTimestamp64Second(toDateTime64(period, 0)) IN {periods:Array(Int64)} ${known}
        GROUP BY metric, freq, basis, slice, region, period
        HAVING argMax(isNotNull(value), (vintage, recorded_at))
      )
      GROUP BY metric, freq, basis, slice, province, at`,
    params: {
      metrics: distinct(({ metric }) => metric),
      freqs: distinct(({ freq }) => freq),
      bases: distinct(({ basis }) => basis),
      slices: distinct(({ slice }) => slice),
      provinces: distinct(({ region }) => region),
      periods: distinct(({ periodMs }) => periodMs / 1000),
      ...(asOfMs !== undefined && { as_of_ms: asOfMs }),
    },
    row: partsRow,
  });
  return new Map(
    rows.map(({ province, period_ms: periodMs, parts, ...key }) => [
      cellId({ ...key, measure: 'level', region: province, periodMs }),
      parts,
    ]),
  );
}
