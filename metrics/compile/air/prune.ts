import type { AirRules, AirTrack, CompileInput, Window } from '../types';

/** Only the editions that can hold somewhere in the stretch: a window after a change needs no case distinction. */
export function inForce<T extends { fromMs: number }>(editions: readonly T[], window: Window): T[] {
  return editions.filter((edition, i) => {
    const endMs = editions[i + 1]?.fromMs ?? Number.POSITIVE_INFINITY;
    const beginMs = i === 0 ? Number.NEGATIVE_INFINITY : edition.fromMs;
    return beginMs < window.toMs && window.fromMs < endMs;
  });
}

export function rulesIn(rules: AirRules, window: Window): AirRules {
  return { ...rules, editions: inForce(rules.editions, window), limits: inForce(rules.limits, window) };
}

/** Only the edition of a track, in force from ever to ever. */
export function rulesOf(rules: AirRules, { fromMs, breakpoints, divisors }: AirTrack): AirRules {
  return { ...rules, editions: [{ fromMs, breakpoints }], limits: [{ fromMs, divisors }] };
}

/** Tracks with the part of the stretch that they are kept for. */
export function tracksIn(
  { air }: CompileInput,
  { fromMs, toMs }: Window,
): { track: AirTrack; window: Window }[] {
  return (air.tracks ?? []).flatMap((track) => {
    const window = { fromMs: Math.max(fromMs, track.fromMs), toMs: Math.min(toMs, track.toMs) };
    return window.fromMs < window.toMs ? [{ track, window }] : [];
  });
}
