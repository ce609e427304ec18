import type { CellKey } from '@/metrics/model/cell';
import type { Evaluation } from './evaluation';
import { cellId, type DerivedSource, type History, isDerivedSource, type Known, type Lookup } from './known';
import type { DerivationRule } from './rules';

/** A vintage of a derived cell that is to be appended. */
export interface DerivedVintage {
  cell: CellKey;
  known: Known;
}

export interface TimelineOptions {
  /** Vintages up to this instant are settled; 0 replays everything. */
  sinceMs: number;
  /** When the present version of the definition took effect: what former versions made before stays as it was. */
  effectiveFromMs: number;
}

/**
 * Replays one derived cell: at every instant at which an operand became known, what the rule makes of what was
 * known then. Only differences from what is there come out, so running it twice is running it once, and as-of reads
 * of derived and published cells agree. A cell with a publisher of its own is left alone (calculus.md §13).
 */
export function replay(
  rule: DerivationRule,
  target: CellKey,
  history: History,
  { sinceMs, effectiveFromMs }: TimelineOptions,
): DerivedVintage[] {
  if (history.vintages(target).some(({ source }) => !isDerivedSource(source) && source !== '')) return [];
  const read = new Map<string, CellKey>();
  const appended: DerivedVintage[] = [];
  const settled = new Set<number>();
  const makeAt = (ms: number): Evaluation | null => {
    const lookup: Lookup = (cell) => {
      read.set(cellId(cell), cell);
      return history.at(cell, ms);
    };
    return rule.evaluate(target, lookup, (cell, publishedMs) => history.at(cell, Math.min(publishedMs, ms)));
  };
  makeAt(Number.POSITIVE_INFINITY);
  // What is read may differ between instants (a published rate comes to replace a computed one): until nothing is new.
  for (let instants = nextInstants(); instants.length > 0; instants = nextInstants()) {
    for (const ms of instants) {
      settled.add(ms);
      const before = history.at(target, ms);
      if (before && before.definitionVersion !== rule.version && ms < effectiveFromMs) continue;
      const now = factsOf(rule, makeAt(ms), before, ms);
      if (!now || !mayReplace(rule.kind, before) || (before && sameFacts(before, now))) continue;
      history.add(target, now);
      appended.push({ cell: target, known: now });
    }
  }
  return appended;

  function nextInstants(): number[] {
    const operands = [...read.values()].flatMap((cell) => history.vintages(cell));
    const instants = new Set([
      ...instantsOf(operands),
      ...history.vintages(target).map(({ vintageMs }) => vintageMs),
    ]);
    const versions = history.vintages(target);
    if (versions.some(({ definitionVersion }) => definitionVersion !== rule.version))
      instants.add(effectiveFromMs);
    return [...instants].filter((ms) => ms > sinceMs && !settled.has(ms)).sort((a, b) => a - b);
  }
}

/** Publications lie days apart; what one run computed became known together, however long it took to write. */
const ONE_RUN_MS = 3_600_000;

/** Instants at which something became known. The steps of one run are one: between them half of it was known. */
function instantsOf(vintages: readonly Known[]): number[] {
  const instants: number[] = [];
  const lastOfRun = new Map<string, number>();
  for (const { vintageMs, runId } of [...vintages].sort((a, b) => b.vintageMs - a.vintageMs)) {
    const later = runId === undefined ? undefined : lastOfRun.get(runId);
    if (later !== undefined && later - vintageMs < ONE_RUN_MS) continue;
    if (runId !== undefined) lastOfRun.set(runId, vintageMs);
    instants.push(vintageMs);
  }
  return instants;
}

/**
 * Where two rules speak of one cell, what follows from the region's own publication stands before the sum of its
 * parts, in whatever order they became known.
 */
function mayReplace(kind: DerivedSource, before: Known | undefined): boolean {
  if (!before || before.value === null || before.source === kind) return true;
  return kind === 'deduced' && before.source === 'rollup';
}

/** The vintage that says what was made; a value that is no longer there is withdrawn, one that never was is not said. */
function factsOf(
  rule: DerivationRule,
  made: Evaluation | null,
  before: Known | undefined,
  vintageMs: number,
): Known | null {
  const common = { vintageMs, source: rule.kind, definitionVersion: rule.version };
  if (made) {
    const { value, numerator, denominator, sampleCount, status, flags } = made;
    return { ...common, value, numerator, denominator, sampleCount, status, flags };
  }
  if (!before || before.value === null || before.source !== rule.kind) return null;
  return {
    ...common,
    value: null,
    numerator: null,
    denominator: null,
    sampleCount: 0,
    status: 'missing',
    flags: [],
  };
}

function sameFacts(a: Known, b: Known): boolean {
  return (
    sameNumber(a.value, b.value) &&
    sameNumber(a.numerator, b.numerator) &&
    sameNumber(a.denominator, b.denominator) &&
    a.sampleCount === b.sampleCount &&
    a.status === b.status &&
    a.definitionVersion === b.definitionVersion &&
    a.source === b.source &&
    [...a.flags].sort().join() === [...b.flags].sort().join()
  );
}

/** Equal as numbers: a warehouse may give 4.50 back as 4.5. */
function sameNumber(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return a === b;
  return a === b || trimmed(a) === trimmed(b);
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
