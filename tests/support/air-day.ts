import { air, labelsOf } from './compute';

/** Rows of one station and day, the first `dusty` hours with other values and marks: confirmed sand unless told. */
export function airDay(
  region: number,
  of: string,
  values: Record<string, number>,
  {
    dusty = 0,
    dust = {},
    more = { sand_flag: 1 },
  }: { dusty?: number; dust?: object; more?: Record<string, unknown> } = {},
) {
  return labelsOf(of).map((label, i) =>
    i < dusty
      ? air(`s${region}`, region, label, { ...values, ...dust }, more)
      : air(`s${region}`, region, label, values),
  );
}
