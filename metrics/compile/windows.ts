import type { Freq } from '@/metrics/model/cell';
import { nextPeriod, periodStart } from '@/metrics/time/period';
import type { Window } from './types';

/** The stretch widened to whole periods of a frequency: a late row reopens its whole hour, day, month, year. */
export function widen(freq: Freq, window: Window): Window {
  const last = Math.max(window.fromMs, window.toMs - 1);
  return { fromMs: periodStart(freq, window.fromMs), toMs: nextPeriod(freq, periodStart(freq, last)) };
}

/** Overlapping and touching windows become one, in order of time: far-apart late rows do not reopen what lies between. */
export function mergeWindows(windows: readonly Window[]): Window[] {
  const sorted = [...windows].sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
  const merged: Window[] = [];
  for (const window of sorted) {
    const last = merged.at(-1);
    if (last && window.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, window.toMs);
    else merged.push({ ...window });
  }
  return merged;
}

/** Windows, in order of time, gathered by the periods of a frequency that they share: each period is in one group only. */
export function sharingPeriods(freq: Freq, windows: readonly Window[]): Window[][] {
  const groups: Window[][] = [];
  for (const window of mergeWindows(windows)) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && widen(freq, window).fromMs < widen(freq, last).toMs) group.push(window);
    else groups.push([window]);
  }
  return groups;
}

/** Pieces of at most `periods` whole periods, so that a long recomputation stays small in memory and can be interrupted. */
export function splitWindow(freq: Freq, window: Window, periods: number): Window[] {
  const pieces: Window[] = [];
  for (let from = window.fromMs; from < window.toMs; ) {
    let to = from;
    for (let i = 0; i < periods && to < window.toMs; i += 1) to = nextPeriod(freq, periodStart(freq, to));
    pieces.push({ fromMs: from, toMs: Math.min(to, window.toMs) });
    from = to;
  }
  return pieces;
}
