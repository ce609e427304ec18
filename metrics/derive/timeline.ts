import type { CellKey } from '@/metrics/model/cell';
import { type DerivedSource, isDerivedSource } from '@/metrics/model/derived-source';
import type { Evaluation } from './evaluation';
import { cellId, type History, type Known, type Lookup } from './known';
import type { Speakers } from './speakers';

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

/** What the best rule that has something to say makes of a cell. */
interface Said {
  kind: DerivedSource;
  made: Evaluation;
}

/**
 * Replays one derived cell: at every instant at which something became known, what the best rule makes of what was
 * known then. Only differences from what is there come out, so running it twice is running it once, and as-of reads
 * of derived and published cells agree. While its publisher speaks a cell is left alone (calculus.md §13); when the
 * publisher falls silent the best remaining rule speaks, and when that one does, the next. What rows make counts as a
 * publication, except to the rule that stands before it.
 */
export function replay(
  { rules, version }: Pick<Speakers, 'rules' | 'version'>,
  target: CellKey,
  history: History,
  { sinceMs, effectiveFromMs }: TimelineOptions,
): DerivedVintage[] {
  const speaking = rules.filter((rule) => rule.mayMake(target));
  const isComputed = ({ source }: Known) => speaking.some(({ standsBefore }) => standsBefore === source);
  const read = new Map<string, CellKey>();
  const appended: DerivedVintage[] = [];
  const settled = new Set<number>();
  const makeAt = (ms: number): Said | null => {
    const lookup: Lookup = (cell) => {
      read.set(cellId(cell), cell);
      return history.at(cell, ms);
    };
    let first: Said | null = null;
    for (const rule of speaking) {
      const made = rule.evaluate(
        target,
        lookup,
        (cell, publishedMs) => history.at(cell, Math.min(publishedMs, ms)),
        computedBy(rule.standsBefore, ms),
      );
      if (made && made.value !== null) return { kind: rule.kind, made };
      first ??= made && { kind: rule.kind, made };
    }
    return first;
  };
  makeAt(Number.POSITIVE_INFINITY);
  // What is read may differ between instants (a published rate comes to replace a computed one): until nothing is new.
  for (let instants = nextInstants(); instants.length > 0; instants = nextInstants()) {
    for (const ms of instants) {
      settled.add(ms);
      const silentMs = afterSilence(ms);
      if (silentMs === null) continue;
      const computed = history
        .vintages(target)
        .findLast((one) => one.vintageMs <= silentMs && isComputed(one));
      // Beside a computed value of the same instant both are kept, in every order of reading.
      const vintageMs = computed?.vintageMs === silentMs ? silentMs + 1 : silentMs;
      const before = history.at(target, vintageMs);
      if (before && before.definitionVersion !== version && ms < effectiveFromMs) continue;
      const now = factsOf(makeAt(ms), { before, computed }, { vintageMs, definitionVersion: version });
      if (!now || (before && sameFacts(before, now))) continue;
      history.add(target, now);
      appended.push({ cell: target, known: now });
    }
  }
  return appended;

  function computedBy(dataset: string | undefined, ms: number): Known | undefined {
    if (dataset === undefined) return undefined;
    return history.vintages(target).findLast((one) => one.vintageMs <= ms && one.source === dataset);
  }

  function nextInstants(): number[] {
    const operands = [...read.values()].flatMap((cell) => history.vintages(cell));
    const instants = new Set([
      ...instantsOf(operands),
      ...history.vintages(target).map(({ vintageMs }) => vintageMs),
    ]);
    const versions = history.vintages(target);
    if (versions.some(({ definitionVersion }) => definitionVersion !== version))
      instants.add(effectiveFromMs);
    return [...instants].filter((ms) => ms > sinceMs && !settled.has(ms)).sort((a, b) => a - b);
  }

  /**
   * When something derived may be said at an instant: never while the publisher speaks, and right after it fell silent,
   * so that both are kept apart in every order of reading.
   */
  function afterSilence(ms: number): number | null {
    const published = history.vintages(target).filter((one) => isPublished(one) && !isComputed(one));
    const last = published.findLast(({ vintageMs }) => vintageMs <= ms);
    if (!last) return ms;
    return last.value === null ? Math.max(ms, last.vintageMs + 1) : null;
  }
}

function isPublished({ source }: Known): boolean {
  return source !== '' && !isDerivedSource(source);
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
 * The vintage that says what was made; a value that is no longer there is withdrawn, one that never was is not said.
 * Where rows had made one before, theirs stands again.
 */
function factsOf(
  said: Said | null,
  { before, computed }: { before: Known | undefined; computed: Known | undefined },
  at: { vintageMs: number; definitionVersion: number },
): Known | null {
  // That a rule lacks operands says no more than the publisher's own silence.
  if (said && (said.made.value !== null || !before || !isPublished(before))) {
    const { value, numerator, denominator, sampleCount, status, flags } = said.made;
    return { ...at, source: said.kind, value, numerator, denominator, sampleCount, status, flags };
  }
  if (!before || before.value === null || isPublished(before)) return null;
  if (computed) {
    const { runId: _, ...facts } = computed;
    return { ...facts, vintageMs: at.vintageMs };
  }
  return {
    ...at,
    source: before.source,
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
