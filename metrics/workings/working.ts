import { ofSources } from '@/metrics/calculus/of-sources';
import { FLAG_ZH, type Flag, type Result, type ResultBasis } from '@/metrics/calculus/result';
import { type ChangeUnit, formatChange } from '@/metrics/format/change';
import { toDecimal } from '@/metrics/format/decimal';
import { formatNumber, formatQuantity, MISSING_TEXT } from '@/metrics/format/number';
import { type Tone, toneOf } from '@/metrics/format/tone';
import type { CellKey, Observation } from '@/metrics/model/cell';
import { isObservedZero } from '@/metrics/model/observed-zero';
import { shownPrecision } from '@/metrics/model/shown-precision';
import { unverifiedMarks } from '@/metrics/model/unverified';
import type { CellFacts } from './facts';

/**
 * What a working is said in: a change (see {@link ChangeUnit}), a `share` in percent without sign, a `value` in the
 * metric's unit, a `place` among regions, a change of `places`, a plain `count`.
 */
export type WorkingUnit = ChangeUnit | 'share' | 'value' | 'place' | 'places' | 'count';

export interface WorkingOperand {
  /** The name that the rule gives it. */
  name: string;
  label: string;
  /** Unrounded decimal text; null is missing. */
  value: string | null;
  text: string;
  /** Where it was read; null for what was worked out or counted on the way, and for an observed zero, which no cell keeps. */
  cell: CellKey | null;
}

/** One result of the calculus on a cell, with everything it was made of. */
export interface Working {
  key: string;
  label: string;
  /** Unrounded decimal text; null when there is none. */
  value: string | null;
  /** As it is shown: the number, or the words that stand for it. */
  text: string;
  unit: WorkingUnit;
  unitText: string;
  tone: Tone;
  /** null without a value. */
  basis: ResultBasis | null;
  flags: { flag: string; words: string }[];
  /** Why there is no value. */
  reason: string | null;
  operands: WorkingOperand[];
  rule: { text: string; source: string };
  /** Made of generated data. */
  demo: boolean;
}

export interface OperandSource {
  label: string;
  from?: Observation | undefined;
  /** For what was worked out on the way: the figures that it was made of, whose marks it has. */
  of?: readonly (Observation | undefined)[];
  /** For what was not read from a cell. */
  unit?: WorkingUnit;
  precision?: number;
}

export interface Making {
  key: string;
  label: string;
  result: Result;
  unit: WorkingUnit;
  /** Of the number shown; 1 unless told, the metric's own for amounts. */
  precision?: number;
  rule: string;
  /** Section of the rules, or a standard. */
  source: string;
  /** By the operand's name in the result. */
  operands: Readonly<Record<string, OperandSource>>;
  /** `direction`: by the metric's; `more`: larger is better whatever the metric. */
  tone?: 'direction' | 'more' | 'none';
  /** Words beside or instead of the number. */
  words?: string;
}

/** Flags with which words say what a percentage cannot (calculus.md §14). */
const SPEAKING: readonly Flag[] = ['base_zero', 'base_neg', 'turned_negative'];
/** Flags of observations that matter for what is made of them. */
const INHERITED: readonly Flag[] = ['partial', 'locf'];

export function workingOf(facts: CellFacts, making: Making): Working {
  const { key, label, unit } = making;
  const read = Object.entries(making.operands).map(
    ([name, source]) => [name, { flags: readFor(source).flatMap((o) => o.flags) }] as const,
  );
  const result = ofSources(making.result, Object.fromEntries(read));
  const { value } = result;
  const sources = Object.values(making.operands).flatMap(readFor);
  const inherited = INHERITED.filter((flag) => sources.some(({ flags }) => flags.includes(flag)));
  const flags = [...new Set<Flag>([...result.flags, ...inherited])];
  return {
    key,
    label,
    value,
    text: textOf(facts, making),
    unit,
    unitText: unitTextOf(facts, unit),
    tone: toneFor(facts, making),
    basis: value === null ? null : result.basis,
    flags: [
      ...flags.map((flag) => ({ flag, words: wordsOf(flag, result) })),
      ...unverifiedFlags(result, making.operands),
    ],
    reason: value === null ? reasonOf(making) : null,
    operands: result.operands.map(({ name, value: operand }) =>
      operandOf(facts, name, operand, making.operands[name]),
    ),
    rule: { text: making.rule, source: making.source },
    demo: sources.some((o) => o.flags.includes('demo')),
  };
}

/** 待核 of what was used: of a published growth its own cell alone, else every figure that the rule read. */
function unverifiedFlags(
  { basis, value, operands }: Result,
  sources: Making['operands'],
): { flag: string; words: string }[] {
  if (value === null) return [];
  const used = operands.filter(({ name }) => basis !== 'published' || name === 'published');
  return unverifiedMarks(used.flatMap(({ name }) => readFor(sources[name])));
}

/** The figures behind one operand. */
function readFor(source: OperandSource | undefined): Observation[] {
  return [source?.from, ...(source?.of ?? [])].filter((o) => o !== undefined);
}

/** A base may be last year's, the period before or last week's: only the result knows what it is called. */
function wordsOf(flag: Flag, { text }: Result): string {
  return flag === 'base_missing' && text !== undefined ? text : FLAG_ZH[flag];
}

/** Names what is lacking, where the rule only knows that something is. */
function reasonOf({ result, operands }: Making): string {
  const [flag] = result.flags;
  if (result.text !== undefined) return result.text;
  const lacking = result.operands
    .filter(({ value }) => value === null)
    .map(({ name }) => operands[name]?.label);
  if (flag === 'operand_missing' && lacking.length > 0) return `缺${lacking.filter(Boolean).join('、')}`;
  return FLAG_ZH[flag ?? 'not_applicable'];
}

function textOf(facts: CellFacts, { result, unit, precision, words }: Making): string {
  if (words !== undefined && result.value !== null) return words;
  if (result.value === null) {
    const speaks = result.flags.some((flag) => SPEAKING.includes(flag));
    return speaks && result.text !== undefined ? result.text : MISSING_TEXT;
  }
  return quantityText(facts, result.value, unit, precision);
}

function quantityText(
  facts: CellFacts,
  value: string | null,
  unit: WorkingUnit,
  precision: number | undefined,
): string {
  const { definition } = facts;
  const { rounding } = definition;
  const own = precision ?? (unit === 'unit' || unit === 'value' ? ownPrecision(facts) : 1);
  if (value === null) return MISSING_TEXT;
  switch (unit) {
    case 'share':
      return `${formatNumber(value, { precision: own, rounding })}%`;
    case 'value':
      return formatQuantity(value, definition.unit, { precision: own, rounding });
    case 'place':
      return `第 ${value} 位`;
    case 'places':
      return placesText(value);
    case 'count':
      return formatNumber(value, { precision: precision ?? 0 });
    default:
      return formatChange(value, { unit, precision: own, rounding, unitText: shownUnit(definition.unit) });
  }
}

function placesText(value: string): string {
  const moved = toDecimal(value);
  if (!moved || moved.isZero()) return '持平';
  return `${moved.isPositive() ? '前进' : '后退'} ${moved.abs().toFixed()} 位`;
}

function operandOf(
  facts: CellFacts,
  name: string,
  value: string | null,
  source: OperandSource | undefined,
): WorkingOperand {
  const { label = name, from, unit = 'value', precision = precisionOf(unit) } = source ?? {};
  return {
    name,
    label,
    value,
    text: from ? observedText(facts, from, value) : quantityText(facts, value, unit, precision),
    cell: from && !isObservedZero(from) ? cellOf(from) : null,
  };
}

/** What is worked out on the way keeps one digit more, so that a reader can follow the sum. */
function precisionOf(unit: WorkingUnit): number | undefined {
  return unit === 'share' || unit === 'percent' || unit === 'pp' ? 2 : undefined;
}

function observedText(facts: CellFacts, from: Observation, value: string | null): string {
  if (from.measure === 'yoy' || from.measure === 'mom')
    return formatChange(value, { unit: 'percent', precision: 1 });
  const definition = facts.definitionOf(from.metric);
  const { unit, rounding } = definition;
  return formatQuantity(value, unit, { precision: shownPrecision(definition, from.region), rounding });
}

function unitTextOf({ definition }: CellFacts, unit: WorkingUnit): string {
  if (unit === 'percent' || unit === 'share') return '%';
  if (unit === 'pp') return '百分点';
  if (unit === 'point') return '点';
  if (unit === 'place' || unit === 'places') return '位';
  return unit === 'count' ? '' : shownUnit(definition.unit);
}

function shownUnit(unit: string): string {
  return unit === '无量纲' ? '' : unit;
}

function toneFor(facts: CellFacts, { result, unit, precision, tone = 'none' }: Making): Tone {
  if (tone === 'none') return 'neutral';
  const digits = precision ?? (unit === 'unit' ? ownPrecision(facts) : 1);
  return toneOf(result.value, tone === 'more' ? 'higher_better' : facts.definition.direction, digits);
}

function ownPrecision({ definition, cell }: CellFacts): number {
  return shownPrecision(definition, cell.region);
}

function cellOf({ metric, freq, region, slice, basis, measure, periodMs }: CellKey): CellKey {
  return { metric, freq, region, slice, basis, measure, periodMs };
}
