import { expect, it } from 'vitest';
import type { CellKey } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { sample } from '@/metrics/testing/definitions';
import { instantOf } from '@/metrics/time/zone';
import { derivationRules } from './rules';

const YEARLY = { freq: 'A', period_rule: 'Y' } as const;
const OPERANDS = [
  sample.reported({ ...YEARLY, code: 'part', unit: '亿元' }),
  sample.reported({ ...YEARLY, code: 'whole', unit: '亿元' }),
  sample.reported({ ...YEARLY, code: 'growth', unit: '%' }),
];
const cell = (metric: string, year: number): CellKey => ({
  ...{ metric, freq: 'A', region: 140000, slice: '', basis: 'period', measure: 'level' },
  periodMs: instantOf(year),
});

/** Value and flags that the derived metrics have of 2022, each from the ones before it. */
function of2022(made: readonly MetricDefinition[], values: Readonly<Record<string, string>>) {
  const rules = derivationRules(
    [...OPERANDS, ...made].map((definition) => ({ definition, version: 1 })),
    { childrenOf: () => [], parentOf: () => null, mayRollUp: () => false },
  );
  const known = new Map<string, { value: string | null; flags: readonly string[] }>(
    Object.entries(values).map(([key, value]) => [key, { value, flags: [] }]),
  );
  const lookup = ({ metric, periodMs }: CellKey) => {
    const one = known.get(`${metric} ${new Date(periodMs + 8 * 3_600_000).getUTCFullYear()}`);
    if (one === undefined) return undefined;
    const facts = {
      numerator: null,
      denominator: null,
      sampleCount: 1,
      status: 'final',
      source: 'x',
    } as const;
    return { ...facts, ...one, vintageMs: instantOf(2023), definitionVersion: 1 };
  };
  return made.map(({ code }) => {
    const rule = rules.find(({ metric, kind }) => metric === code && kind === 'derived');
    const result = rule?.evaluate(cell(code, 2022), lookup, lookup) ?? null;
    if (result) known.set(`${code} 2022`, result);
    return result && { value: Number(result.value).toFixed(2), flags: result.flags };
  });
}

const formula = 'lag_y(part, 1) / lag_y(whole, 1) * growth';
const rate = { ...YEARLY, rollup: 'recompute', unit: '百分点' } as const;
const pull = sample.derived({ ...rate, code: 'pull', formula, approximate: true });

it('marks 近似 what an approximate method gives, and what is made of that (calculus.md §12)', () => {
  const values = {
    'part 2021': '11213.13',
    'whole 2021': '22590.16',
    'growth 2022': '6.2',
    'growth 2021': '1',
  };
  const plain = sample.derived({ ...rate, code: 'plain', formula });
  const rest = sample.derived({ ...rate, code: 'rest', formula: 'growth - pull' });
  // 11213.13 / 22590.16 × 6.2 = 3.0775 (T23); 6.2 − 3.0775 = 3.1225.
  expect(of2022([pull, plain, rest], values)).toEqual([
    { value: '3.08', flags: ['approximate'] },
    { value: '3.08', flags: [] },
    { value: '3.12', flags: ['approximate'] },
  ]);
});

it('calls nothing an approximation where there is nothing', () => {
  const [made] = of2022([pull], { 'growth 2022': '6.2' });
  expect(made?.flags).toEqual(['operand_missing']);
});
