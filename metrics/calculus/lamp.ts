import { type Decimal, type NumberLike, toDecimal } from '@/metrics/format/decimal';
import { roundDecimal } from '@/metrics/format/rounding';
import { COLOURS, type Colour } from '@/metrics/model/definition-threshold';
import type { Rounding } from '@/metrics/model/definition-vocabulary';

/** One limit of a four-colour rule; compare rules of a definition's threshold sets have this shape. */
export interface LampRule {
  colour: Colour;
  op: 'lt' | 'le' | 'gt' | 'ge';
  limit: NumberLike;
}

export type Lamp = 'none' | Colour;

/** 0 none … 4 red. */
export function severity(lamp: Lamp): number {
  return lamp === 'none' ? 0 : COLOURS.indexOf(lamp) + 1;
}

/** The most severe of several lamps. */
export function mostSevere(lamps: readonly Lamp[]): Lamp {
  return lamps.reduce<Lamp>((worst, lamp) => (severity(lamp) > severity(worst) ? lamp : worst), 'none');
}

/**
 * Lamp of a value: the most severe rule that fires, compared after rounding to display precision, so that a shown 95.0
 * is never below 95 (T60). Null when the value is missing: missing data change no lamp.
 */
export function lampOf(
  value: NumberLike,
  rules: readonly LampRule[],
  display: { precision: number; rounding?: Rounding },
): Lamp | null {
  const decimal = toDecimal(value);
  if (decimal === null) return null;
  const shown = roundDecimal(decimal, display.precision, display.rounding);
  const fired = rules.filter(({ op, limit }) => compares(shown, op, limit));
  return mostSevere(fired.map(({ colour }) => colour));
}

const COMPARE = { lt: 'lt', le: 'lte', gt: 'gt', ge: 'gte' } as const;

/** Whether a value stands in this relation to a limit; a missing limit holds for nothing. */
export function compares(value: Decimal, op: LampRule['op'], limit: NumberLike): boolean {
  const at = toDecimal(limit);
  return at !== null && value[COMPARE[op]](at);
}

const OPS: Readonly<Record<string, LampRule['op']>> = { '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' };

/**
 * Reads the catalogue's notation "blue<0|yellow<-5|yellow>900" (a trailing % is allowed). Null when any part is not of
 * this form: classes and standards have rules of their own.
 */
export function parseLampRules(text: string): LampRule[] | null {
  const rules: LampRule[] = [];
  for (const part of text.split('|')) {
    const match = /^\s*(blue|yellow|orange|red)\s*(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)%?\s*$/.exec(part);
    const colour = COLOURS.find((name) => name === match?.[1]);
    const op = OPS[match?.[2] ?? ''];
    const limit = match?.[3];
    if (!colour || !op || limit === undefined) return null;
    rules.push({ colour, op, limit });
  }
  return rules;
}
