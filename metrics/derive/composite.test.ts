import { describe, expect, it } from 'vitest';
import { evaluateComposite } from '@/metrics/derive/composite';
import type { Known } from '@/metrics/derive/known';
import { derivationRules } from '@/metrics/derive/rules';
import type { CellKey } from '@/metrics/model/cell';
import type { CompositeDefinition } from '@/metrics/model/definition';
import { sample } from '@/metrics/testing/definitions';
import { instantOf } from '@/metrics/time/zone';
import { validateDefinition } from '@/metrics/validate/validate';

const WEIGHTS = [0.25, 0.2, 0.15, 0.25, 0.15];
const part = (code: string) =>
  sample.reported({
    code,
    unit: '%',
    accumulation: 'rate',
    additive_over_regions: false,
    rollup: 'published_only',
    freq: 'M',
    period_rule: 'M',
  });
const parts = WEIGHTS.map((weight, i) => ({
  metric: `p${i}`,
  measure: 'level' as const,
  score: [0, 100] as [number, number],
  weight,
}));
const index = sample.composite({
  code: 'index',
  parts,
  missing: { reweight_if_at_least: 0.7, min_denominator: 30 },
  freq: 'M',
  period_rule: 'M',
}) as CompositeDefinition;
const target: CellKey = {
  metric: 'index',
  freq: 'M',
  region: 1,
  slice: '',
  basis: 'period',
  measure: 'level',
  periodMs: instantOf(2025, 6),
};
const known = (value: string, denominator: string | null = null): Known => ({
  value,
  numerator: null,
  denominator,
  sampleCount: 1,
  status: 'final',
  flags: [],
  vintageMs: instantOf(2025, 7),
  source: 'test',
  definitionVersion: 1,
});

describe('an index of thirds', () => {
  it('is computed for weights that the validator passes as a whole', () => {
    // 0.3333333 three times is 1 to the tolerance; (80 + 90 + 70) / 3 = 80, with every part that the rule asks for.
    const thirds = parts.slice(0, 3).map((one) => ({ ...one, weight: 0.3333333 }));
    const whole = { ...index, parts: thirds, missing: { reweight_if_at_least: 1 } };
    expect(
      validateDefinition(
        whole,
        thirds.map(({ metric }) => part(metric)),
      ),
    ).toEqual([]);
    const there = new Map([
      ['p0', known('80')],
      ['p1', known('90')],
      ['p2', known('70')],
    ]);
    const made = evaluateComposite(whole, thirds, target, part, ({ metric }) => there.get(metric));
    expect([made?.value, made?.flags]).toEqual(['80', []]);
  });
});

describe('an index on data that are not to be trusted', () => {
  it('counts four fifths of the part, and says so', () => {
    const trusted = parts.map((one, i) =>
      i === 0 ? { ...one, integrity: { rates: ['online', 'valid'], below: 90, factor: 0.8 } } : one,
    );
    const made = (online: string | null) => {
      const there = new Map(parts.map(({ metric }) => [metric, known('80')]));
      if (online !== null) there.set('online', known(online));
      return evaluateComposite(index, trusted, target, part, ({ metric }) => there.get(metric));
    };
    // 80 throughout; the first part, of weight 0.25, counts 64: 80 − 0.25 × 16 = 76.
    expect([made('89.9')?.value, made('89.9')?.flags]).toEqual(['76', ['integrity_discount']]);
    expect([made('90')?.value, made('90')?.flags]).toEqual(['80', []]);
    // Of what nobody measures nothing is known.
    expect([made(null)?.value, made(null)?.flags]).toEqual(['80', []]);
    expect(made('89.9')?.operands.map(({ label }) => label)).toContain('online');
  });

  it('is made again when a rate changes', () => {
    const entry = {
      ...index,
      parts: [{ ...parts[0], weight: 1, integrity: { rates: ['online'], below: 90, factor: 0.8 } }],
    };
    const catalogue = [entry as CompositeDefinition, part('p0'), part('online')];
    const regions = { parentOf: () => null, childrenOf: () => [], mayRollUp: () => false };
    const rules = derivationRules(
      catalogue.map((definition) => ({ definition, version: 1 })),
      regions,
    );
    const rule = rules.find(({ metric }) => metric === 'index');
    expect(rule?.operands).toEqual(['p0', 'online']);
    expect(rule?.targetsOf({ ...target, metric: 'online' }).map(({ metric }) => metric)).toContain('index');
  });

  it('takes rates in percent alone', () => {
    const wrong = {
      ...index,
      parts: [{ ...parts[0], weight: 1, integrity: { rates: ['gone', 'count'], below: 90, factor: 0.8 } }],
    };
    const others = [part('p0'), sample.reported({ code: 'count' })];
    expect(
      validateDefinition(wrong as CompositeDefinition, others).map(({ code, path }) => [code, path]),
    ).toEqual([
      ['unknown_name', 'parts.0.integrity.rates.0'],
      ['unit_clash', 'parts.0.integrity.rates.1'],
    ]);
  });
});

describe('an index with parts missing', () => {
  it('names those that did not count, and why', () => {
    // 0.70 of the weight is left, as much as the rule asks for.
    const there = new Map([
      ['p0', known('80')],
      ['p1', known('90')],
      ['p3', known('60')],
      ['p4', known('70', '10')],
    ]);
    const made = evaluateComposite(index, parts, target, part, ({ metric }) => there.get(metric));
    expect(made?.lacking).toEqual([
      { metric: 'p2', weight: 0.15, smallSample: false },
      { metric: 'p4', weight: 0.15, smallSample: true },
    ]);
    expect(made?.value).not.toBeNull();
    expect(made?.flags).toContain('missing_parts');
  });
});
