import { describe, expect, it } from 'vitest';
import type { CellKey } from '@/metrics/model/cell';
import type { MetricDefinition } from '@/metrics/model/definition';
import { sample } from '@/metrics/testing/definitions';
import { instantOf } from '@/metrics/time/zone';
import { History, type Known } from './known';
import type { DerivationRule, Regions } from './rule';
import { derivationRules } from './rules';
import { replay } from './timeline';

/** A province 1 with two cities 11 and 12. */
const REGIONS: Regions = {
  childrenOf: (region) => (region === 1 ? [11, 12] : []),
  parentOf: (region) => (region > 10 ? 1 : null),
  mayRollUp: (region) => region === 1,
};

function rulesOf(
  ...definitions: MetricDefinition[]
): (kind: DerivationRule['kind'], metric: string) => DerivationRule {
  const rules = derivationRules(
    definitions.map((definition) => ({ definition, version: 1 })),
    REGIONS,
  );
  return (kind, metric) => {
    const rule = rules.find((one) => one.kind === kind && one.metric === metric);
    if (!rule) throw new Error(`no rule ${kind} ${metric}`);
    return rule;
  };
}

const day = (n: number) => instantOf(2026, 1, n);

function cell(metric: string, more: Partial<CellKey> = {}): CellKey {
  return {
    metric,
    freq: 'M',
    region: 1,
    slice: '',
    basis: 'period',
    measure: 'level',
    periodMs: instantOf(2025, 6),
    ...more,
  };
}

function fact(value: string | null, more: Partial<Known> = {}): Known {
  return {
    vintageMs: day(1),
    value,
    numerator: null,
    denominator: null,
    sampleCount: 1,
    status: 'final',
    flags: [],
    source: '省统计局',
    definitionVersion: 1,
    ...more,
  };
}

/** One rule as the only one that speaks of its metric. */
const alone = (rule: DerivationRule) => ({ rules: [rule], version: rule.version });

const ALL = { sinceMs: 0, effectiveFromMs: 0 };

/** Newest value and flags of the target once its rule was replayed. */
function derived(
  rule: DerivationRule,
  target: CellKey,
  facts: readonly (readonly [CellKey, Known])[],
): string | undefined {
  const history = new History();
  for (const [key, known] of facts) history.add(key, known);
  replay(alone(rule), target, history, ALL);
  const known = history.at(target, day(31));
  return known && [known.value ?? 'null', ...known.flags].join(' ');
}

describe('formulas over cells', () => {
  const rate = {
    unit: '%',
    accumulation: 'rate',
    additive_over_regions: false,
    rollup: 'recompute',
  } as const;
  const a = sample.reported({ code: 'a', freq: 'M', period_rule: 'M', accumulation: 'flow' });
  const people = sample.reported({
    code: 'people',
    freq: 'A',
    period_rule: 'YE',
    accumulation: 'stock',
    unit: '万人',
  });

  it('take the population of the last year end for a month (calculus.md §26)', () => {
    const rule = rulesOf(
      a,
      people,
      sample.derived({ code: 'x', formula: 'a / people', freq: 'M', period_rule: 'M' }),
    )('derived', 'x');
    const at = (year: number) => cell('people', { freq: 'A', basis: 'point', periodMs: instantOf(year) });
    const facts = [
      [cell('a'), fact('100')],
      [at(2024), fact('50')],
      [at(2025), fact('40')],
    ] as const;
    expect(derived(rule, cell('x'), facts)).toBe('2');
    // The year end itself is not yet known in its December.
    expect(
      derived(rule, cell('x', { periodMs: instantOf(2025, 12) }), [
        [cell('a', { periodMs: instantOf(2025, 12) }), fact('100')],
        ...facts.slice(1),
      ]),
    ).toBe('2');
    // lag_y of a yearly stock is that year end too, not the one before it.
    const lagged = rulesOf(
      a,
      people,
      sample.derived({ code: 'x', formula: 'a / lag_y(people, 1)', freq: 'M', period_rule: 'M' }),
    )('derived', 'x');
    expect(derived(lagged, cell('x'), facts)).toBe('2');
    // Population alone makes no month.
    expect(derived(rule, cell('x'), facts.slice(1))).toBeUndefined();
  });

  it('prefer published growth and compute it where there is none', () => {
    const rule = rulesOf(
      a,
      sample.derived({ code: 'x', formula: 'yoy(a) * 2', ...rate, freq: 'M', period_rule: 'M' }),
    )('derived', 'x');
    const before = cell('a', { periodMs: instantOf(2024, 6) });
    const levels = [
      [cell('a'), fact('110')],
      [before, fact('100')],
    ] as const;
    expect(derived(rule, cell('x'), levels)).toBe('20');
    expect(derived(rule, cell('x'), [...levels, [cell('a', { measure: 'yoy' }), fact('8')]])).toBe('16');
    expect(derived(rule, cell('x'), levels.slice(0, 1))).toBe('null base_missing');
    expect(derived(rule, cell('x'), [levels[0], [before, fact('0')]])).toBe('null base_zero');
  });

  it('read 累计, the target of the year and the months elapsed', () => {
    const rule = rulesOf(
      a,
      sample.derived({
        code: 'x',
        formula: 'ytd(a) / target(a) * 100',
        ...rate,
        freq: 'M',
        period_rule: 'M',
      }),
      sample.derived({ code: 'y', formula: 'ytd(a) / months_elapsed()', freq: 'M', period_rule: 'M' }),
    );
    const facts = [
      [cell('a', { basis: 'ytd' }), fact('30')],
      [cell('a', { measure: 'target', freq: 'A', periodMs: instantOf(2025) }), fact('120')],
    ] as const;
    expect(derived(rule('derived', 'x'), cell('x', { basis: 'ytd' }), facts)).toBe('25');
    expect(derived(rule('derived', 'y'), cell('y', { basis: 'ytd' }), facts)).toBe('5');
    expect(derived(rule('derived', 'x'), cell('x', { basis: 'ytd' }), facts.slice(0, 1))).toBe(
      'null operand_missing',
    );
  });

  it('inherit marks and finality, and are empty with a flag where the divisor is zero', () => {
    const b = sample.reported({ code: 'b', freq: 'M', period_rule: 'M', accumulation: 'flow' });
    const rule = rulesOf(
      a,
      b,
      sample.derived({
        code: 'x',
        formula: 'a / b * 100',
        ...rate,
        rollup: 'ratio_of_sums',
        freq: 'M',
        period_rule: 'M',
      }),
    )('derived', 'x');
    const history = new History();
    history.add(cell('a'), fact('1', { flags: ['demo'], status: 'prelim' }));
    history.add(cell('b'), fact('3', { status: 'census' }));
    replay(alone(rule), cell('x'), history, ALL);
    expect(history.at(cell('x'), day(31))).toMatchObject({
      value: '33.3333333333',
      numerator: '1',
      denominator: '3',
      status: 'prelim',
      flags: ['demo'],
      source: 'derived',
    });
    expect(
      derived(rule, cell('x'), [
        [cell('a'), fact('1')],
        [cell('b'), fact('0')],
      ]),
    ).toBe('null div0');
  });
});

describe('composites', () => {
  // T54: weights .25 .20 .15 .25 .15, scores 80, 90, missing, 60, 70 → 63.5 / 0.85.
  const weights = [0.25, 0.2, 0.15, 0.25, 0.15];
  const parts = weights.map((weight, i) => ({
    metric: `p${i}`,
    measure: 'level' as const,
    score: [0, 100] as [number, number],
    weight,
  }));
  const metrics = weights.map((_, i) =>
    sample.reported({
      code: `p${i}`,
      unit: '%',
      accumulation: 'rate',
      additive_over_regions: false,
      rollup: 'published_only',
      freq: 'M',
      period_rule: 'M',
    }),
  );
  const index = (missing: object) =>
    rulesOf(...metrics, sample.composite({ code: 'index', parts, missing, freq: 'M', period_rule: 'M' }))(
      'composite',
      'index',
    );
  const scores = (values: (string | null)[]) =>
    values.flatMap((value, i) => (value === null ? [] : [[cell(`p${i}`), fact(value)] as const]));

  it('reweight missing parts down to the weight that the rule asks for (T54)', () => {
    const made = derived(
      index({ reweight_if_at_least: 0.7 }),
      cell('index'),
      scores(['80', '90', null, '60', '70']),
    );
    expect(Number(made?.split(' ')[0])).toBeCloseTo(63.5 / 0.85, 9);
    expect(made).toContain('missing_parts');
    expect(
      derived(index({ reweight_if_at_least: 0.7 }), cell('index'), scores(['80', '90', null, null, '70'])),
    ).toBe('null low_coverage missing_parts');
  });

  it('count a part with too small a denominator as missing', () => {
    const small = [...scores(['80', '90', null, '60', '70'])];
    small[0] = [cell('p0'), fact('100', { numerator: '3', denominator: '3' })];
    // 0.60 of the weight is left.
    expect(derived(index({ reweight_if_at_least: 0.7, min_denominator: 30 }), cell('index'), small)).toMatch(
      /^null/,
    );
  });
});

describe('rollups over regions', () => {
  const base = { freq: 'M', period_rule: 'M' } as const;
  const city = (region: number, value: string | null, more: Partial<Known> = {}) =>
    [cell('r', { region }), fact(value, more)] as const;

  it('divide sums (T26), weigh means (T27), average cities (T28)', () => {
    const ratio = rulesOf(
      sample.reported({
        ...base,
        code: 'r',
        unit: '%',
        accumulation: 'rate',
        additive_over_regions: false,
        rollup: 'ratio_of_sums',
        rollup_weight: { by: 'denominator', name: 'n' },
      }),
    )('rollup', 'r');
    expect(
      derived(ratio, cell('r'), [
        city(11, '90', { numerator: '90', denominator: '100' }),
        city(12, '99', { numerator: '990', denominator: '1000' }),
      ]),
    ).toBe('98.1818181818');
    // Without the two sides of the ratio there is no ratio of sums, and no mean in its place.
    expect(derived(ratio, cell('r'), [city(11, '90'), city(12, '99')])).toBeUndefined();

    const people = sample.reported({
      code: 'people',
      ...base,
      accumulation: 'stock',
      period_rule: 'ME',
      unit: '万人',
    });
    const weighted = rulesOf(
      people,
      sample.reported({
        ...base,
        code: 'r',
        unit: '元',
        accumulation: 'rate',
        additive_over_regions: false,
        rollup: 'weighted_mean',
        rollup_weight: { by: 'formula', formula: 'people' },
      }),
    )('rollup', 'r');
    const heads = (region: number, value: string) =>
      [cell('people', { region, basis: 'point' }), fact(value)] as const;
    expect(
      derived(weighted, cell('r'), [city(11, '700'), city(12, '600'), heads(11, '2'), heads(12, '6')]),
    ).toBe('625');
    expect(derived(weighted, cell('r'), [city(11, '700'), city(12, '600'), heads(11, '2')])).toBeUndefined();

    const mean = rulesOf(
      sample.reported({
        ...base,
        code: 'r',
        unit: 'μg/m³',
        accumulation: 'rate',
        additive_over_regions: false,
        rollup: 'mean_of_cities',
      }),
    )('rollup', 'r');
    expect(derived(mean, cell('r'), [city(11, '41'), city(12, '27')])).toBe('34');
    expect(derived(mean, cell('r'), [city(11, '41')])).toBe('41 partial');
  });

  it('withhold a sum that lacks a part, and withdraw it when a part is withdrawn', () => {
    const sum = rulesOf(sample.reported({ ...base, code: 'r', accumulation: 'flow', rollup: 'sum' }))(
      'rollup',
      'r',
    );
    expect(derived(sum, cell('r'), [city(11, '1')])).toBeUndefined();
    const history = new History();
    for (const [key, known] of [city(11, '1'), city(12, '2')]) history.add(key, known);
    replay(alone(sum), cell('r'), history, ALL);
    expect(history.at(cell('r'), day(2))?.value).toBe('3');
    history.add(cell('r', { region: 12 }), fact(null, { vintageMs: day(5), status: 'missing' }));
    const again = replay(alone(sum), cell('r'), history, { sinceMs: day(4), effectiveFromMs: 0 });
    expect(again.map(({ known }) => [known.vintageMs, known.value, known.status])).toEqual([
      [day(5), null, 'missing'],
    ]);
    expect(history.at(cell('r'), day(4))?.value).toBe('3');
  });
});

describe('replaying', () => {
  const a = sample.reported({ code: 'a', freq: 'M', period_rule: 'M', accumulation: 'flow' });
  const double = (version: number) => ({
    definition: sample.derived({ code: 'x', formula: 'a * 2', freq: 'M', period_rule: 'M' }),
    version,
  });

  it('comes to the same however the vintages came in', () => {
    const rule = rulesOf(a, double(1).definition)('derived', 'x');
    const vintages = [1, 2, 3, 4].map((n) => fact(String(n % 3), { vintageMs: day(n) }));
    const end = (order: readonly Known[], stepwise: boolean) => {
      const history = new History();
      for (const known of order) {
        history.add(cell('a'), known);
        if (stepwise)
          replay(alone(rule), cell('x'), history, { sinceMs: known.vintageMs - 1, effectiveFromMs: 0 });
      }
      replay(alone(rule), cell('x'), history, ALL);
      return [1, 2, 3, 4].map((n) => history.at(cell('x'), day(n))?.value);
    };
    expect(end(vintages, false)).toEqual(['2', '4', '0', '2']);
    for (const order of [
      vintages,
      [...vintages].reverse(),
      [vintages[2], vintages[0], vintages[3], vintages[1]] as Known[],
    ])
      for (const stepwise of [true, false]) expect(end(order, stepwise)).toEqual(['2', '4', '0', '2']);
  });

  it('leaves what a former version of the definition said as it was', () => {
    const history = new History();
    history.add(cell('a'), fact('5', { vintageMs: day(1) }));
    const [old] = derivationRules([{ definition: a, version: 1 }, double(1)], REGIONS).filter(
      ({ kind }) => kind === 'derived',
    );
    if (old) replay(alone(old), cell('x'), history, ALL);
    const triple = {
      definition: sample.derived({ code: 'x', formula: 'a * 3', freq: 'M', period_rule: 'M' }),
      version: 2,
    };
    const [next] = derivationRules([{ definition: a, version: 1 }, triple], REGIONS).filter(
      ({ kind }) => kind === 'derived',
    );
    if (next) replay(alone(next), cell('x'), history, { sinceMs: 0, effectiveFromMs: day(10) });
    expect(history.at(cell('x'), day(9))).toMatchObject({ value: '10', definitionVersion: 1 });
    expect(history.at(cell('x'), day(10))).toMatchObject({ value: '15', definitionVersion: 2 });
  });

  it('takes the steps of one run as one instant', () => {
    const b = sample.reported({ code: 'b', freq: 'M', period_rule: 'M', accumulation: 'flow' });
    const rule = rulesOf(
      a,
      b,
      sample.derived({ code: 'x', formula: 'a - b', freq: 'M', period_rule: 'M' }),
    )('derived', 'x');
    const history = new History();
    history.add(cell('a'), fact('5', { vintageMs: day(1), runId: 'r', source: 'rows' }));
    history.add(cell('b'), fact('2', { vintageMs: day(1) + 60_000, runId: 'r', source: 'rows' }));
    expect(
      replay(alone(rule), cell('x'), history, ALL).map(({ known }) => [known.vintageMs, known.value]),
    ).toEqual([[day(1) + 60_000, '3']]);
  });
});
