import { describe, expect, it } from 'vitest';
import { compileInput } from '@/metrics/testing/compile-input';
import { AIR, TICKETS } from '@/metrics/testing/contracts';
import { sample } from '@/metrics/testing/definitions';
import { compileDataset } from './compile';
import { type CompiledPlan, type CompileInput, REFUSAL_CODES, type RefusalCode } from './types';

type Members = Record<string, unknown>;

const versioned = (members: Members) => ({ definition: sample.aggregated(members), version: 1 });
const RATE = { accumulation: 'rate', additive_over_regions: false, yoy: 'abs_diff', mom: 'abs_diff' };

/** One metric of each aggregation and rollup that rows answer, all placed by the time of acceptance. */
const EVERY_KIND = [
  versioned({ code: 'a', where: 'valid = 1', slices: ['topic', 'channel'] }),
  versioned({ code: 'b', measure: { agg: 'sum', column: 'revisit_sat' } }),
  versioned({ code: 'c', ...RATE, rollup: 'ratio_of_sums', measure: { agg: 'avg', column: 'revisit_sat' } }),
  versioned({ code: 'd', ...RATE, rollup: 'recompute', measure: { agg: 'min', column: 'revisit_sat' } }),
  versioned({ code: 'e', ...RATE, rollup: 'max', measure: { agg: 'max', column: 'revisit_sat' } }),
  versioned({ code: 'f', ...RATE, rollup: 'recompute', measure: { agg: 'last', column: 'revisit_sat' } }),
  versioned({
    code: 'g',
    ...RATE,
    rollup: 'recompute',
    measure: { agg: 'quantile', column: 'revisit_sat', q: 0.9 },
  }),
  versioned({
    code: 'h',
    additive_over_regions: false,
    rollup: 'recompute_distinct',
    measure: { agg: 'distinct', column: 'department' },
  }),
  versioned({
    code: 'i',
    additive_over_regions: false,
    rollup: 'recompute_distinct',
    measure: { agg: 'distinct_sketch', column: 'department' },
  }),
  versioned({
    code: 'j',
    ...RATE,
    rollup: 'mean_of_cities',
    measure: { agg: 'avg', column: 'revisit_sat' },
  }),
  versioned({
    code: 'k',
    accumulation: 'stock',
    additive_over_regions: false,
    rollup: 'max_of_sum',
    measure: { agg: 'max', column: 'revisit_sat' },
  }),
];

const texts = (plan: CompiledPlan) => plan.layers.flat().map(({ select }) => select.sql);
const readsOf = (sql: string, table: string) => sql.split(`\`${table}\` FINAL`).length - 1;

describe('a plan', () => {
  it('is the same text and values in whatever order the definitions come', () => {
    const forward = compileDataset(compileInput({ definitions: EVERY_KIND }));
    expect(forward.refusals).toEqual([]);
    for (let turn = 1; turn < EVERY_KIND.length; turn += 3) {
      const turned = [...EVERY_KIND.slice(turn), ...EVERY_KIND.slice(0, turn)].reverse();
      expect(compileDataset(compileInput({ definitions: turned }))).toEqual(forward);
    }
  });

  it('reads the rows of a dataset and grain once for all metrics: their states, and what has arrived', () => {
    const one = compileDataset(compileInput({ definitions: EVERY_KIND.slice(0, 1), freqs: ['D', 'M'] }));
    const all = compileDataset(compileInput({ definitions: EVERY_KIND, freqs: ['D', 'M'] }));
    expect(texts(one).map((sql) => readsOf(sql, 'hotline_ticket'))).toEqual([2]);
    expect(texts(all).map((sql) => readsOf(sql, 'hotline_ticket'))).toEqual([2]);
    // Years that are no sum of months are one more pass, years that are read no rows.
    const years = compileDataset(compileInput({ definitions: EVERY_KIND, freqs: ['A'] }));
    expect(texts(years).map((sql) => readsOf(sql, 'hotline_ticket'))).toEqual([2, 0]);
  });

  it('keeps the days of units in a narrow pass beside, and leaves everything else as it is', () => {
    const sets = [
      {
        source: 'default',
        measure: 'ears',
        by: ['county', 'topic'],
        rules: [{ type: 'equals', colour: 'red', equals: ['C3'] }],
      },
    ];
    const daily = { slices: ['topic', 'channel'], freq: 'D', period_rule: 'D' };
    const judged = versioned({ ...daily, code: 'z', thresholds: { text: 't', sets } });
    const plain = versioned({ ...daily, code: 'z' });
    const planOf = (last: typeof plain) =>
      compileDataset(compileInput({ definitions: [...EVERY_KIND, last], freqs: ['D', 'M', 'A'] }));
    const [before, after] = [planOf(plain), planOf(judged)];
    const units = after.layers[0]?.find(({ name }) => name.startsWith('units '));
    expect(after.layers.map((layer) => layer.filter((one) => one !== units))).toEqual(before.layers);
    expect(units?.metrics).toEqual(['z']);
    expect(readsOf(units?.select.sql ?? '', 'hotline_ticket')).toBe(1);
    expect(Object.values(units?.select.params ?? {})).not.toContain('channel');
    // In the layer of the days that it belongs to, or comparing one without the other would withdraw it.
    expect(units?.complete).toEqual([
      {
        ...{ metric: 'z', freq: 'D', basis: 'period' },
        ...{ fromMs: Date.parse('2026-03-09T16:00:00Z'), toMs: Date.parse('2026-03-10T16:00:00Z') },
      },
    ]);
    const yearly = compileInput({ definitions: [judged], freqs: ['M', 'A'] });
    expect(
      compileDataset(yearly)
        .layers.flat()
        .some(({ name }) => name.startsWith('units ')),
    ).toBe(false);
  });

  it('asks where the rows begin of what is placed later only: what is placed by acceptance is compiled as ever', () => {
    const late = versioned({ code: 'z', time: 'due_ts' });
    const input = compileInput({ definitions: [...EVERY_KIND, late], freqs: ['D', 'M', 'A'] });
    const [before, after] = [
      compileDataset(input),
      compileDataset({ ...input, settledFromMs: Date.parse('2026-04-01T00:00:00+08:00') }),
    ];
    const other = (plan: CompiledPlan) => plan.layers.flat().filter(({ name }) => !name.includes('due_ts'));
    expect(other(after)).toEqual(other(before));
    const placed = (plan: CompiledPlan) => plan.layers.flat().filter(({ name }) => name.includes('due_ts'));
    expect(placed(after).length).toBeGreaterThan(0);
    for (const [i, { select }] of placed(after).entries()) {
      expect(select).not.toEqual(placed(before)[i]?.select);
      expect(readsOf(select.sql, 'hotline_ticket')).toBe(
        readsOf(placed(before)[i]?.select.sql ?? '', 'hotline_ticket'),
      );
    }
  });

  it('counts all stocks of a dataset in one pass', () => {
    const stock = (code: string) => ({
      code,
      accumulation: 'stock',
      freq: 'D',
      period_rule: 'D',
      rows: 'as_of',
      where: 'finish_ts is null or finish_ts >= period_end()',
    });
    const { window, ...rest } = compileInput({
      definitions: ['a', 'b', 'c'].map((code) => versioned(stock(code))),
    });
    const plan = compileDataset({ ...rest, freqs: ['D'], ...(window ? { stockWindow: window } : {}) });
    expect(texts(plan).map((sql) => readsOf(sql, 'hotline_ticket'))).toEqual([1]);
  });
});

describe('the scope of who asks', () => {
  const own = { regions: [140100], domains: ['economy'] };

  it('is bound in every statement, and its plan completes nothing that could be stored', () => {
    const system = compileDataset(compileInput({ definitions: EVERY_KIND }));
    const plan = compileDataset(compileInput({ definitions: EVERY_KIND, scope: own }));
    expect(plan.layers.flat()).toHaveLength(system.layers.flat().length);
    for (const { select, complete } of plan.layers.flat()) {
      expect(select.sql).toMatch(/WHERE arrayExists\(\(lo, hi\) -> `region` BETWEEN lo AND hi, /);
      expect(Object.values(select.params)).toEqual(expect.arrayContaining([[140100], [140199]]));
      expect(complete).toEqual([]);
    }
  });

  it('leaves out metrics of other domains by name, and sees nothing without a region', () => {
    const foreign = compileInput({ scope: { regions: [140100], domains: ['energy'] } });
    expect(compileDataset(foreign)).toMatchObject({ layers: [], refusals: [{ code: 'out_of_scope' }] });
    const nowhere = compileDataset(compileInput({ scope: { regions: [], domains: null } }));
    expect(Object.values(nowhere.layers[0]?.[0]?.select.params ?? {})).toContainEqual([]);
  });
});

describe('refusals', () => {
  const refused: Record<RefusalCode, [Members, Partial<CompileInput>?]> = {
    no_compilable_form: [{ measure: undefined }],
    unsupported_aggregation: [
      {
        ...RATE,
        rollup: 'recompute',
        measure: undefined,
        numerator: { agg: 'avg', column: 'revisit_sat' },
        denominator: { agg: 'count' },
      },
    ],
    unsupported_function: [
      // Tickets have no column of any item of water quality.
      {
        ...RATE,
        rollup: 'none',
        measure: undefined,
        fn: { name: 'water_class', args: { section: 'ticket_id' } },
      },
    ],
    unsupported_rollup: [{ rollup: 'none' }],
    unsupported_frequency: [{ freq: 'A', period_rule: 'SY' }],
    not_additive_over_time: [{ accumulation: 'stock' }],
    needs_order: [
      { ...RATE, rollup: 'weighted_mean', measure: { agg: 'time_weighted_avg', column: 'revisit_sat' } },
    ],
    no_opening_stock: [
      {
        accumulation: 'stock',
        measure: undefined,
        fn: {
          name: 'stock_balance',
          args: { opening: 'sample', distinct: 'ticket_id', plus: 'valid = 1', minus: 'valid = 0' },
        },
      },
    ],
    slice_excluded: [{ slices: ['topic'] }, { excludedSlices: [{ slice: 'topic', reason: '取值过多' }] }],
    slice_unknown: [{ slices: ['mood'] }],
    out_of_scope: [{}, { scope: { regions: [140000], domains: [] } }],
  };

  it.each(REFUSAL_CODES)('%s is given with words', (code) => {
    const [members, more] = refused[code];
    const plan = compileDataset(compileInput({ definitions: [versioned(members)], ...more }));
    expect(plan.refusals).toEqual([
      { metric: 'sample', code, message: expect.stringMatching(/[\u4e00-\u9fff]/) },
    ]);
    // Only a slice is left out; everything else leaves no statement behind.
    expect(plan.layers.length > 0).toBe(code.startsWith('slice_'));
  });

  it('weighs by time where the key orders the rows of a unit', () => {
    const station = {
      ...RATE,
      rollup: 'weighted_mean',
      dataset: 'air_quality_hour',
      measure: { agg: 'time_weighted_avg', column: 'pm25' },
    };
    const contract = { ...AIR, key: ['station_id', 'data_ts'] };
    const plan = compileDataset(compileInput({ contract, definitions: [versioned(station)] }));
    expect(plan.refusals).toEqual([]);
    expect(texts(plan)[0]).toContain('PARTITION BY `region_code`, `station_id`, toDate(`data_ts`)');
    expect(TICKETS.key).not.toContain('create_ts');
  });
});
