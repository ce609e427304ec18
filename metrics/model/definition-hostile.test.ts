import { describe, expect, it } from 'vitest';
import { compileDataset } from '@/metrics/compile/compile';
import { TEST_CONTRACTS, TICKETS } from '@/metrics/testing/contracts';
import { sample } from '@/metrics/testing/definitions';
import { validateDefinition } from '@/metrics/validate/validate';
import { AIR_RULES } from '@/server/compute/air-rules';
import type { MetricDefinition } from './definition';
import { definitionsFromYaml, definitionsToYaml } from './definition-yaml';

const base = sample.aggregated({ code: 'sample' });
const yamlOf = (members: Record<string, unknown>) =>
  definitionsToYaml([{ ...base, ...members } as MetricDefinition]);

describe('a text that is no list of definitions is refused with a reason, in bounded time', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
    .split('')
    .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[i]}`).join()}]`)
    .join('\n')}\n`;
  it.each<[string, string]>([
    ['nothing', ''],
    ['a number', '1'],
    ['an object', 'code: x'],
    ['a billion laughs', bomb],
    ['one alias', '- &a {code: x}\n- *a'],
    ['a merge of an alias', '- &a {code: x}\n- {<<: *a}'],
    ['20,000 open lists', '['.repeat(20_000)],
    ['20,000 nested lists', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['20,000 nested maps', '{a: '.repeat(20_000)],
    ['a script tag', '!!js/function "function () {}"'],
    ['a binary', '!!binary aGVsbG8='],
    ['a set', '!!set {a, b}'],
    ['tabs', '-\tcode:\tx'],
    ['two documents', '- {}\n---\n- {}'],
    ['NUL', '- code: "a\0b'],
    ['an open quote', '- code: "x'],
    ['a megabyte of blanks', `${' '.repeat(1_000_000)}x`],
    ['duplicate members', '- {code: a, code: b}'],
  ])('%s', (_, text) => {
    const began = performance.now();
    const { definitions, problems } = definitionsFromYaml(text);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(definitions).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
    for (const { message } of problems) expect(message.length).toBeGreaterThan(0);
  });
});

describe('a wrong member is named', () => {
  it.each<[path: string, members: Record<string, unknown>]>([
    ['code', { code: '__proto__' }],
    ['code', { code: 'Constructor' }],
    ['code', { code: "x'; DROP TABLE observation; --" }],
    ['code', { code: 'x`y' }],
    ['code', { code: 'x y' }],
    ['code', { code: 'x\u200b' }],
    ['code', { code: 'gd\u0440' }],
    ['code', { code: 'ｇｄｐ' }],
    ['code', { code: '指标' }],
    ['code', { code: '' }],
    ['code', { code: '1a' }],
    ['code', { code: 'x'.repeat(64) }],
    ['code', { code: 1 }],
    ['code', { code: ['gdp'] }],
    ['dataset', { dataset: 'system.tables' }],
    ['dataset', { dataset: '../etc' }],
    ['time', { time: 'create_ts)' }],
    ['slices.0', { slices: ["channel'"] }],
    ['slices.0', { slices: ['__proto__'] }],
    ['slices', { slices: 'channel' }],
    ['where', { where: '' }],
    ['where', { where: 'x'.repeat(4001) }],
    ['where', { where: 1 }],
    ['measure.agg', { measure: { agg: 'groupArray' } }],
    ['measure.agg', { measure: { agg: '__proto__' } }],
    ['measure.column', { measure: { agg: 'sum', column: 'a, b' } }],
    ['measure.q', { measure: { agg: 'quantile', q: 1.5 } }],
    ['measure.q', { measure: { agg: 'quantile', q: Number.NaN } }],
    ['measure.sql', { measure: { agg: 'count', sql: '1' } }],
    ['factor', { factor: 0 }],
    ['factor', { factor: -1 }],
    ['factor', { factor: Number.NaN }],
    ['factor', { factor: Number.POSITIVE_INFINITY }],
    ['factor', { factor: 1e300 }],
    ['factor', { factor: 1e-11 }],
    ['factor', { factor: 1 / 3 }],
    ['factor', { factor: '1' }],
    ['precision', { precision: 1e9 }],
    ['precision', { precision: 0.5 }],
    ['precision', { precision: -1 }],
    ['rows', { rows: 'all' }],
    ['rollup', { rollup: '__proto__' }],
    ['domain', { domain: 'constructor' }],
    ['freq', { freq: 'm' }],
    ['slice_expr.x y', { slice_expr: { 'x y': 'topic' } }],
    ['fn.name', { fn: { name: 'file()', args: {} } }],
    ['fn.args.where', { fn: { name: 'air_mean', args: { where: '' } } }],
    ['thresholds.sets.0.rules.0.limit', thresholds({ type: 'compare', op: 'lt', limit: Number.NaN })],
    ['thresholds.sets.0.rules.0.type', thresholds({ type: 'eval', op: 'lt', limit: 1 })],
    ['thresholds.sets.0.rules.0.op', thresholds({ type: 'compare', op: 'lt)', limit: 1 })],
    [
      'release.rules.0.days.0',
      { release: { lag: 'x', rules: [{ type: 'after_period', period: 'day', days: [-1, 1] }] } },
    ],
    ['sql', { sql: 'SELECT 1' }],
    ['constructor', { constructor: 'x' }],
  ])('%s of %j', (path, members) => {
    const { definitions, problems } = definitionsFromYaml(yamlOf(members));
    expect(definitions).toEqual([]);
    expect(problems.map((problem) => problem.path)).toContain(path);
  });

  it('and a prototype as a member changes no object', () => {
    definitionsFromYaml(
      `- {__proto__: {polluted: yes}, code: x}\n- {constructor: {prototype: {polluted: yes}}}`,
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

function thresholds(rule: unknown) {
  return { thresholds: { text: 'x', sets: [{ source: 'default', measure: 'value', rules: [rule] }] } };
}

describe('a definition of the right shape with a wrong meaning', () => {
  const hostile: Record<string, unknown>[] = [
    { where: 'valid = 1) OR (1 = 1' },
    { where: '(SELECT count() FROM observation) > 0' },
    { where: "file('/etc/passwd') = ''" },
    { where: 'constructor = 1' },
    { where: `${'('.repeat(1000)}valid${')'.repeat(1000)}` },
    { where: 'revisit_sat < 1e300' },
    { measure: { agg: 'sum', expr: 'revisit_sat); DROP TABLE x' } },
    { measure: { agg: 'sum', column: 'constructor' } },
    { measure: { agg: 'count', where: 'sleep(10) = 0' } },
    { slices: ['constructor'] },
    { slice_expr: { topic: "topic', 1" }, slices: ['topic'] },
    { time: 'constructor' },
    { dataset: 'constructor' },
    { measure: undefined, fn: { name: 'constructor', args: {} } },
    { measure: undefined, fn: { name: 'air_mean', args: { pollutant: 'pm25; DROP' } } },
    { measure: undefined, fn: { name: 'air_day_count', args: { where: 'aqi > 1 or sleep(1)' } } },
  ];
  it.each(hostile.map((members) => [members]))('is found by the validator: %j', (members) => {
    const { definitions, problems } = definitionsFromYaml(yamlOf(members));
    expect(problems).toEqual([]);
    const [definition] = definitions as [MetricDefinition];
    // A dataset that is not connected cannot be checked; then nothing of it is compiled either.
    const known = TEST_CONTRACTS.some(({ name }) => 'dataset' in definition && name === definition.dataset);
    const findings = validateDefinition(definition, [], TEST_CONTRACTS);
    expect(findings.length > 0).toBe(known);
    expect(compiled(definition)).not.toMatch(/DROP|sleep|passwd|SELECT count\(\) FROM observation/);
  });
});

/** The SQL that the compiler makes of a definition that passed no validator. */
function compiled(definition: MetricDefinition): string {
  const window = { fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2026, 1, 1) };
  const plan = compileDataset({
    scope: 'system',
    contract: TICKETS,
    definitions: [{ definition, version: 1 }],
    freqs: ['D', 'M', 'A'],
    window,
    stockWindow: window,
    deadlines: [],
    nowMs: window.toMs,
    province: 140000,
    cities: [140100],
    counties: [140105],
    air: AIR_RULES,
    workdays: { offWeekdays: [], extraWorkdays: [], years: [] },
  });
  return plan.layers
    .flat()
    .map(({ select }) => select.sql)
    .join('\n');
}
