import { describe, expect, it } from 'vitest';
import type { CellKey } from '@/metrics/model/cell';
import { sample } from '@/metrics/testing/definitions';
import { instantOf } from '@/metrics/time/zone';
import { cellId, type Known } from './known';
import { derivationRules } from './rules';
import { standardOf } from './standard';

const count = (code: string, where: string) =>
  sample.aggregated({
    code,
    measure: undefined,
    dataset: 'air_quality_hour',
    rollup: 'mean_of_cities',
    yoy: 'abs_diff',
    fn: { name: 'air_day_count', args: { where } },
  });
const DEFINITIONS = [
  count('good', 'aqi <= 100'),
  count('valid', 'aqi is not null'),
  sample.reported({ code: 'people' }),
  sample.derived({ code: 'rate', formula: 'ytd(good) / ytd(valid) * 100' }),
  sample.derived({ code: 'more', formula: 'yoy(good)' }),
  sample.derived({ code: 'of_rate', formula: 'rate * 2' }),
  sample.derived({ code: 'apart', formula: 'people * 2' }),
  sample.derived({ code: 'of_people', formula: 'good / people' }),
];
const definitionOf = (code: string) => DEFINITIONS.find((one) => one.code === code);
const RULES = derivationRules(
  DEFINITIONS.map((definition) => ({ definition, version: 1 })),
  { childrenOf: () => [], parentOf: () => null, mayRollUp: () => false },
);
const ruleOf = (metric: string) => {
  const rule = RULES.find((one) => one.metric === metric);
  if (!rule) throw new Error(`no rule ${metric}`);
  return rule;
};

function cell(metric: string, basis: string, year: number): CellKey {
  return {
    metric,
    freq: 'M',
    region: 1,
    slice: '',
    basis,
    measure: 'level',
    periodMs: instantOf(year, 4),
  };
}

function made(target: CellKey, facts: readonly (readonly [CellKey, string])[]) {
  const known = new Map(
    facts.map(([key, value]): [string, Known] => [
      cellId(key),
      {
        vintageMs: 1,
        value,
        numerator: null,
        denominator: null,
        sampleCount: 1,
        status: 'final',
        flags: [],
        source: 'air_quality_hour',
        definitionVersion: 1,
      },
    ]),
  );
  const evaluation = ruleOf(target.metric).evaluate(
    target,
    (key) => known.get(cellId(key)),
    () => undefined,
  );
  return evaluation && [evaluation.value, ...evaluation.flags];
}

describe('derivation under a named edition', () => {
  it('belongs to every metric that is made of judged ones', () => {
    const standards = DEFINITIONS.map((one) => [one.code, standardOf(one, definitionOf)]);
    expect(Object.fromEntries(standards)).toEqual({
      good: 'aqi',
      valid: 'aqi',
      people: null,
      rate: 'aqi',
      more: 'aqi',
      of_rate: 'aqi',
      apart: null,
      of_people: 'aqi',
    });
  });

  it('makes a rate under an edition of counts under it, and of nothing else', () => {
    const facts = [
      [cell('good', 'ytd', 2025), '120'],
      [cell('valid', 'ytd', 2025), '120'],
      [cell('good', 'std2026_ytd', 2025), '90'],
    ] as const;
    const target = cell('rate', 'std2026_ytd', 2025);
    expect(made(target, facts)).toEqual([null, 'operand_missing']);
    expect(made(target, [...facts, [cell('valid', 'std2026_ytd', 2025), '120']])).toEqual(['75']);
    expect(made(cell('rate', 'ytd', 2025), facts)).toEqual(['100']);
    const reached = ruleOf('rate').targetsOf(cell('good', 'std2026_ytd', 2025));
    expect(reached.map(({ basis, periodMs }) => [basis, periodMs])).toEqual([
      ['std2026_ytd', instantOf(2025, 4)],
    ]);
  });

  it('computes growth across a change of edition under one, or says that it cannot', () => {
    const facts = [
      [cell('good', 'period', 2025), '30'],
      [cell('good', 'period', 2026), '24'],
    ] as const;
    const target = cell('more', 'period', 2026);
    expect(made(target, facts)).toEqual([null, 'not_comparable']);
    const judged = [
      [cell('good', 'std2026', 2025), '22'],
      [cell('good', 'std2026', 2026), '24'],
    ] as const;
    expect(made(target, [...facts, ...judged])).toEqual(['2']);
    // A value under the edition reaches the growth of its month and up to that of the next year.
    const reached = ruleOf('more')
      .targetsOf(cell('good', 'std2026', 2025))
      .filter(({ basis }) => basis === 'period');
    const ends = [reached.at(0), reached.at(-1)];
    expect(ends.map((one) => one?.periodMs)).toEqual([instantOf(2025, 4), instantOf(2026, 4)]);
  });
});

describe('derivation without sand', () => {
  it('takes both counts of a rate without sand, or none', () => {
    const usual = [
      [cell('good', 'ytd', 2025), '90'],
      [cell('valid', 'ytd', 2025), '120'],
    ] as const;
    const good = [cell('good', 'sand_adjusted_ytd', 2025), '95'] as const;
    const target = cell('rate', 'sand_adjusted_ytd', 2025);
    expect(made(target, [...usual, good])).toEqual([null, 'operand_missing']);
    expect(made(target, [...usual, good, [cell('valid', 'sand_adjusted_ytd', 2025), '100']])).toEqual(['95']);
    expect(made(cell('rate', 'ytd', 2025), [...usual, good])).toEqual(['75']);
    expect(
      ruleOf('rate')
        .targetsOf(good[0])
        .map(({ basis }) => basis),
    ).toEqual(['sand_adjusted_ytd']);
  });

  it('takes what sand does not change as it is', () => {
    const facts = [
      [cell('good', 'sand_adjusted', 2025), '24'],
      [cell('people', 'period', 2025), '12'],
    ] as const;
    expect(made(cell('of_people', 'sand_adjusted', 2025), facts)).toEqual(['2']);
  });

  it('compares with what is without sand alone', () => {
    const base = [cell('good', 'period', 2024), '20'] as const;
    const now = [cell('good', 'sand_adjusted', 2025), '24'] as const;
    const target = cell('more', 'sand_adjusted', 2025);
    expect(made(target, [base, now])?.[0]).toBeNull();
    expect(made(target, [base, now, [cell('good', 'sand_adjusted', 2024), '21']])).toEqual(['3']);
    const reached = (basis: string) =>
      new Set(
        ruleOf('more')
          .targetsOf(cell('good', basis, 2025))
          .map((one) => one.basis),
      );
    expect(reached('sand_adjusted')).toEqual(new Set(['sand_adjusted']));
    // 2026-04 is judged by another edition: both sides by it and without sand, or nothing.
    const later = [cell('good', 'sand_adjusted', 2026), '20'] as const;
    const more = cell('more', 'sand_adjusted', 2026);
    const usual = [cell('good', 'std2026', 2025), '19'] as const;
    expect(made(more, [now, later, usual])).toEqual([null, 'not_comparable']);
    const again = [cell('good', 'std2026_sand_adjusted', 2025), '18'] as const;
    expect(made(more, [now, later, usual, again])).toEqual(['2']);
    expect(reached('std2026_sand_adjusted')).toEqual(new Set(['std2026_sand_adjusted', 'sand_adjusted']));
  });
});
