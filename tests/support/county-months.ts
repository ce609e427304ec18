import { regionsOfLevel } from '@/metrics/regions/tree';
import type { World } from '@/tests/support/compute';

export const COUNTIES: readonly number[] = regionsOfLevel('county').map(({ code }) => code);

interface CountyMonth {
  county: number;
  month: string;
  day: string;
}

/**
 * One day of each county in each month, in turn from the 1st to the 28th, so that no working days lie empty; `without` names
 * the counties that have nothing in a month.
 */
export function each(
  counties: readonly number[],
  months: readonly string[],
  without: (month: string) => readonly number[],
): CountyMonth[] {
  return months.flatMap((month) =>
    counties.flatMap((county, index) => {
      const day = `${month}-${String((index % 28) + 1).padStart(2, '0')}`;
      return without(month).includes(county) ? [] : [{ county, month, day }];
    }),
  );
}

/** `region freq basis start` → value and sorted flags of the cells of a metric that begin so. */
export async function said(
  world: World,
  metric: string,
  places: readonly string[],
): Promise<Record<string, string>> {
  const cells = await world.cells(metric, { partial: true });
  const sorted = (text: string) => {
    const [value = '', ...flags] = text.split(' ');
    return [value, ...flags.toSorted()].join(' ');
  };
  return Object.fromEntries(
    Object.entries(cells).flatMap(([place, text]) =>
      places.some((start) => place.startsWith(start)) ? [[place, sorted(text)]] : [],
    ),
  );
}
