import type { CellFlag } from '@/metrics/calculus/flag-words';
import type { LayerRule } from '@/metrics/compile/layers/types';
import { regionWithin } from '@/metrics/compile/scope';
import type { Decimal } from '@/metrics/format/decimal';
import type { CellKey, RegionCode } from '@/metrics/model/cell';
import { nextPeriod } from '@/metrics/time/period';

/** A cell made of a layer, before it is staged and compared. */
export interface MadeCell extends Omit<CellKey, 'measure'> {
  value: string;
  numerator: string | null;
  denominator: string | null;
  samples: number;
  flags: CellFlag[];
  version: number;
}

/** What is said of a cell beside its value. */
export interface Marks {
  demo: boolean;
  partial?: boolean;
  more?: readonly CellFlag[];
}

/** The unit itself and what lies above it, province first (GB/T 2260 digits). */
export function levelsOf(region: RegionCode): RegionCode[] {
  return [...new Set([region - (region % 10_000), region - (region % 100), region])];
}

export const isProvince = (region: RegionCode): boolean => region % 10_000 === 0;

export const provinceOf = (region: RegionCode): RegionCode => region - (region % 10_000);

/** Cities that have a say in a province's value, for coverage. */
export const cityOf = (region: RegionCode): RegionCode => region - (region % 100);

/** Only cells of regions that the asking person may see. */
export function ownCells(cells: readonly MadeCell[], { scope }: LayerRule): MadeCell[] {
  return cells.filter(({ region }) => regionWithin(scope, region));
}

export function isRunning({ freq, periodMs }: Pick<CellKey, 'freq' | 'periodMs'>, nowMs: number): boolean {
  return nextPeriod(freq, periodMs) > nowMs;
}

export function flagsOf(cell: Pick<CellKey, 'freq' | 'periodMs'>, nowMs: number, marks: Marks): CellFlag[] {
  const flags: CellFlag[] = [...(marks.more ?? [])];
  if (isRunning(cell, nowMs)) flags.unshift('running');
  if (marks.partial) flags.unshift('partial');
  if (marks.demo) flags.unshift('demo');
  return flags;
}

/** Ten digits, as observations are stored. */
export function stored(value: Decimal): string {
  return value.toDecimalPlaces(10).toFixed();
}
