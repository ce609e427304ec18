import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellKey, Freq } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { sample } from '@/metrics/testing/definitions';
import { addPeriods, periodStart } from '@/metrics/time/period';
import { instantOf } from '@/metrics/time/zone';
import { cellId } from './known';
import type { Regions } from './rule';
import { derivationRules } from './rules';

const REGIONS: Regions = {
  childrenOf: (region) => (region === 1 ? [11, 12] : []),
  parentOf: (region) => (region > 10 ? 1 : null),
  mayRollUp: (region) => region === 1,
};

const RULES: readonly (readonly [MetricDefinition['period_rule'], Freq])[] = [
  ['Y', 'A'],
  ['YE', 'A'],
  ['QC', 'Q'],
  ['MC', 'M'],
  ['MC12', 'M'],
  ['M', 'M'],
  ['ME', 'M'],
  ['D', 'D'],
];

const metric = (code: string) =>
  fc
    .record({ rule: fc.constantFrom(...RULES), accumulation: fc.constantFrom('flow', 'stock', 'rate') })
    .map(({ rule: [period_rule, freq], accumulation }) =>
      sample.reported({
        code,
        period_rule,
        freq,
        accumulation,
        additive_over_regions: accumulation !== 'rate',
        rollup: accumulation === 'rate' ? 'published_only' : 'sum',
      }),
    );

const reference = fc.constantFrom(
  'a',
  'b',
  'lag_y(a, 1)',
  'lag_y(b, 2)',
  'lag_p(a, 3)',
  'yoy(a)',
  'mom(b)',
  'ytd(a)',
  'target(b)',
);

const formula = fc.array(reference, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' + '));

describe('what may change', () => {
  it('is everything that reads the cell: no derived value is left stale', () => {
    fc.assert(
      fc.property(
        metric('a'),
        metric('b'),
        formula,
        fc.constantFrom(...RULES),
        fc.constantFrom('flow', 'stock', 'rate'),
        fc.integer({ min: 0, max: 1500 }),
        fc.constantFrom('period', 'ytd', 'point', 'mean'),
        (a, b, text, [period_rule, freq], accumulation, days, basis) => {
          const x = sample.derived({ code: 'x', formula: text, period_rule, freq, accumulation });
          const weighed = sample.reported({
            ...{ code: 'y', period_rule, freq, accumulation: 'rate', additive_over_regions: false },
            ...{ rollup: 'weighted_mean', rollup_weight: { by: 'formula', formula: text } },
          });
          for (const rule of derivationRules(
            [a, b, x, weighed].map((definition) => ({ definition, version: 1 })),
            REGIONS,
          )) {
            for (const targetFreq of ['A', 'Q', 'M', 'D'] as const) {
              const periodMs = periodStart(targetFreq, addPeriods('D', instantOf(2023, 1, 1), days));
              const target: CellKey = {
                metric: rule.metric,
                freq: targetFreq,
                region: 1,
                slice: '',
                basis,
                measure: 'level',
                periodMs,
              };
              const read = new Map<string, CellKey>();
              // Nothing is known, so every way to a value is tried.
              rule.evaluate(
                target,
                (cell) => {
                  read.set(cellId(cell), cell);
                  return undefined;
                },
                () => undefined,
              );
              // Where the parts of a rollup are published is the publisher's choice.
              const isTarget =
                rule.kind === 'rollup'
                  ? mayBe(target, [rule.definition])
                  : rule.kind === 'derived' && exists(rule.targetsOf, a, b, target);
              for (const cell of read.values()) {
                const targets = rule.targetsOf(cell);
                const reached = targets.map(cellId);
                expect(targets.filter((one) => !rule.mayMake(one))).toEqual([]);
                if (isTarget && mayBe(cell, [a, b, weighed]))
                  expect(reached, `${text}: ${cellId(cell)} → ${cellId(target)}`).toContain(cellId(target));
                expect(rule.earliest(target)).toBeLessThanOrEqual(cell.periodMs);
                expect(rule.regionsOf(target)).toContain(cell.region);
                expect(rule.freqsOf(targetFreq)).toContain(cell.freq);
              }
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** Whether some cell of its own period makes this target: others are never computed. */
function exists(
  targetsOf: (cell: CellKey) => CellKey[],
  a: MetricDefinition,
  b: MetricDefinition,
  target: CellKey,
): boolean {
  return [a, b].some(({ code }) =>
    ['period', 'ytd', 'point', 'mean'].some((basis) =>
      targetsOf({ ...target, metric: code, basis }).some((one) => cellId(one) === cellId(target)),
    ),
  );
}

/** A metric has no cells finer than its own frequency. */
function mayBe(cell: CellKey, metrics: readonly MetricDefinition[]): boolean {
  const order = ['A', 'Q', 'M', 'D'];
  const own = metrics.find(({ code }) => code === cell.metric);
  return own !== undefined && order.indexOf(cell.freq) <= order.indexOf(own.freq);
}
