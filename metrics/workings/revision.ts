import {
  asOf,
  firstRelease,
  type RevisionTriangle,
  released,
  revisions,
  revisionTriangle,
} from '@/metrics/calculus/vintage';
import { formatNumber } from '@/metrics/format/number';
import {
  changesInPercent,
  OTHER_COUNT_ZH,
  revisionText,
  smallPercentText,
} from '@/metrics/format/revision-text';
import type { Observation, ObsStatus } from '@/metrics/model/cell';
import { isObservedZero } from '@/metrics/model/observed-zero';
import { shownPrecision } from '@/metrics/model/shown-precision';
import { unverifiedReason } from '@/metrics/model/unverified';
import { addPeriods } from '@/metrics/time/period';
import type { CellFacts } from './facts';

export interface RevisionEntry {
  /** 1 is the first release. */
  seq: number;
  vintageMs: number;
  value: string | null;
  text: string;
  status: ObsStatus;
  /** Against the vintage before, in the metric's unit; null for the first. */
  change: string | null;
  changeText: string | null;
  /** Against the first release, percent. */
  sinceFirst: string | null;
  sinceFirstText: string | null;
  flags: string[];
  source: string;
}

export interface CellRevisions {
  entries: RevisionEntry[];
  /** Periods against publication instants; null where nothing of the stretch was ever revised. */
  triangle: KnownTriangle | null;
}

/** With why each of its values is 待核; null for one that was checked and where nothing was known. */
export interface KnownTriangle extends RevisionTriangle {
  unverified: (string | null)[][];
}

const PERIODS = 12;
/** Newest publication instants of the triangle: a value that is recomputed hourly has many. */
const INSTANTS = 12;

/** What became of the cell since its first release, and the triangle of the periods before it. */
export function revisionsOf(facts: CellFacts): CellRevisions {
  const { cell, definition } = facts;
  const { rounding } = definition;
  const precision = shownPrecision(definition, cell.region);
  const known = facts.vintages();
  // Of a zero alone no vintage is kept.
  const own = known.every(isObservedZero) ? [] : released(known);
  const first = firstRelease(own);
  const entries = revisions(own).map(({ vintage, change, sinceFirst }, index): RevisionEntry => {
    const later = index > 0 && vintage !== first;
    const inPercent = later && changesInPercent(definition);
    return {
      seq: index + 1,
      vintageMs: vintage.vintageMs,
      value: vintage.value,
      text: formatNumber(vintage.value, { precision, rounding }),
      status: vintage.status,
      change: later ? change.value : null,
      changeText: change.flags.includes('counted_otherwise')
        ? OTHER_COUNT_ZH
        : later
          ? revisionText(own[index - 1]?.value, vintage.value, { precision, rounding, of: definition }).text
          : null,
      sinceFirst: inPercent ? sinceFirst.value : null,
      sinceFirstText: inPercent && sinceFirst.value !== null ? smallPercentText(sinceFirst.value) : null,
      flags: vintage.flags,
      source: vintage.source,
    };
  });
  const stretch = Array.from({ length: PERIODS }, (_, index) =>
    released(facts.vintages({ periodMs: addPeriods(cell.freq, cell.periodMs, index - PERIODS + 1) })),
  );
  return { entries, triangle: triangleOf(stretch) };
}

function triangleOf(stretch: readonly (readonly Observation[])[]): KnownTriangle | null {
  if (stretch.every(({ length }) => length < 2)) return null;
  const all = stretch.flat();
  const { periods, vintages, cells } = revisionTriangle(all);
  const shown = vintages.slice(-INSTANTS);
  return {
    periods,
    vintages: shown,
    cells: cells.map((row) => row.slice(-INSTANTS)),
    unverified: periods.map((periodMs) => {
      const known = all.filter((o) => o.periodMs === periodMs);
      return shown.map((instant) => {
        const at = asOf(known, instant);
        return at?.value == null ? null : unverifiedReason(at);
      });
    }),
  };
}
