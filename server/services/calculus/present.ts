import type { CellKey } from '@/metrics/model/cell';
import { formatPeriod } from '@/metrics/time/label';
import { isoOf } from '@/metrics/time/zone';
import type { CellCalculus } from '@/server/services/calculus/types';

/** The calculus of a cell as other systems read it: SDMX periods, ISO instants, decimals as text. */
export function publicCalculus(calculus: CellCalculus) {
  const { cell, metric, region, revisions } = calculus;
  return {
    metric,
    cell: publicCell(cell),
    regionName: region.name,
    periodLabel: calculus.periodLabel,
    asOf: isoOf(calculus.asOfMs),
    value: calculus.value,
    text: calculus.text,
    status: calculus.status,
    vintage: calculus.vintageMs === null ? null : isoOf(calculus.vintageMs),
    flags: calculus.flags,
    results: calculus.workings.map(({ operands, ...working }) => ({
      ...working,
      operands: operands.map((operand) => ({
        ...operand,
        cell: operand.cell && publicCell(operand.cell),
      })),
    })),
    revisions: revisions.entries.map(({ vintageMs, ...entry }) => ({
      ...entry,
      vintage: isoOf(vintageMs),
    })),
    triangle: revisions.triangle && {
      periods: revisions.triangle.periods.map((ms) => formatPeriod(cell.freq, ms)),
      vintages: revisions.triangle.vintages.map(isoOf),
      values: revisions.triangle.cells,
    },
  };
}

function publicCell({ periodMs, ...key }: CellKey) {
  return { ...key, period: formatPeriod(key.freq, periodMs) };
}
