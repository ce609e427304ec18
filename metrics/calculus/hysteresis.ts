import type { Freq } from '@/metrics/model/cell';
import { type Lamp, mostSevere, severity } from './lamp';

/** A lamp with the memory that damps its way down. */
export interface LampState {
  lamp: Lamp;
  /** Verdicts milder than the lamp since it last held, oldest first. */
  milder: Lamp[];
}

export const DARK: LampState = { lamp: 'none', milder: [] };

/** Periods a milder verdict must last before the lamp comes down: 3 for daily and finer metrics, else 2. */
export function hysteresisPeriods(freq: Freq): number {
  return freq === 'D' || freq === 'H' || freq === 'N' ? 3 : 2;
}

/**
 * Next state after one period's verdict (calculus.md §25): up at once, down only after `periods` milder verdicts in a row,
 * and then to the most severe of them. A missing verdict (null) changes nothing.
 */
export function nextLamp(state: LampState, verdict: Lamp | null, periods: number): LampState {
  if (verdict === null) return state;
  if (severity(verdict) >= severity(state.lamp)) return { lamp: verdict, milder: [] };
  const milder = [...state.milder, verdict];
  return milder.length < periods
    ? { lamp: state.lamp, milder }
    : { lamp: mostSevere(milder.slice(-periods)), milder: [] };
}
