import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compileCondition } from '@/metrics/compile/expression';
import { render, sql } from '@/metrics/compile/sql/fragment';
import { checkFormula } from '@/metrics/expression/check-formula';
import { checkRowExpression } from '@/metrics/expression/check-row';
import { getDataset } from '@/server/datasets/registry';
import { openWorld, ticket, type World } from '@/tests/support/compute';
import { HOSTILE_TEXTS } from '@/tests/support/hostile-texts';

let world: World;
const { contract } = getDataset('hotline_ticket');
const scope = {
  columns: new Set(contract.columns.map(({ name }) => name)),
  workdays: { offWeekdays: [], extraWorkdays: [], years: [] },
};
const textId = (i: number) => `text-${String(i).padStart(3, '0')}`;

beforeAll(async () => {
  world = await openWorld('2026-04-10T12:00:00');
  await world.load(
    'hotline_ticket',
    [
      // a: 3 of 5, due two days later; b: not rated, no deadline, not valid.
      ticket('a', 140105, '2026-01-30 09:00:00', { revisit_sat: 3, due_ts: '2026-02-01 09:00:00' }),
      ticket('b', 140200, '2026-02-01 09:00:00', { valid: 0, channel: 'web' }),
      ...HOSTILE_TEXTS.map((topic, i) => ticket(textId(i), 140105, '2026-03-01 09:00:00', { topic })),
    ],
    '2026-01-30',
  );
});
afterAll(() => world.runtime.close());

/** Tickets that a checked condition finds in the engine, through the real compiler. */
async function found(text: string, only = ''): Promise<string[]> {
  const query = render(sql`${compileCondition(text, scope)}`);
  const rows = await world.runtime.stores.warehouse.jobs.rows({
    name: 'hostile_condition',
    sql: `SELECT ticket_id FROM hotline_ticket FINAL WHERE ${query.sql}${only} ORDER BY ticket_id`,
    params: query.params,
    row: z.object({ ticket_id: z.string() }),
  });
  return rows.map(({ ticket_id }) => ticket_id);
}

const errorsOf = (text: string) =>
  checkRowExpression(text, contract, 'boolean').findings.filter(({ severity }) => severity === 'error');

describe('a text in a condition is a value and nothing else', () => {
  it.each(HOSTILE_TEXTS.map((text, i) => [text, i] as const))(
    '%j finds its own ticket alone',
    async (text, i) => {
      const condition = `topic = '${text.replaceAll("'", "''")}'`;
      expect(errorsOf(condition)).toEqual([]);
      expect(render(compileCondition(condition, scope)).sql).toBe(
        render(compileCondition("topic = 'x'", scope)).sql,
      );
      expect(await found(condition)).toEqual([textId(i)]);
    },
  );
});

describe('what is no expression of the language is refused with its place', () => {
  it.each([
    '',
    ' ',
    ';',
    '1=1; DROP TABLE observation',
    'valid = 1) OR (1 = 1',
    "valid = 1 -- '",
    'valid = 1 /* x */',
    'valid = 1 # x',
    '(SELECT 1)',
    'valid IN (SELECT valid FROM hotline_ticket)',
    'valid = 1 UNION ALL SELECT 1',
    'valid = 1 FORMAT JSON',
    'valid = 1 SETTINGS max_threads = 1',
    "valid = 1 INTO OUTFILE '/tmp/x'",
    'sleep(3)',
    'sleepEachRow(3) = 0',
    "file('/etc/passwd') = ''",
    "url('http://x', CSV) = ''",
    "dictGet('a', 'b', 1) = 1",
    "getSetting('max_threads') = 1",
    'version()',
    'currentUser() = currentUser()',
    "match(topic, '(a+)+$')",
    "topic like '%x%'",
    "topic || 'x' = 'x'",
    'system.tables',
    'hotline_ticket.valid = 1',
    '`valid` = 1',
    '"valid" = 1 and',
    '{p1:String}',
    '{valid:UInt8} = 1',
    '$1 = 1',
    '? = 1',
    ':x = 1',
    '@@version',
    "0x27 = '",
    '1e = 1',
    '1.2.3 = 1',
    '1_000 = 1',
    'valid = 1 = 1',
    'valid == 1',
    'valid && valid',
    'not',
    'valid and and valid',
    'in (1)',
    'revisit_sat in ()',
    'revisit_sat in (revisit_sat)',
    'revisit_sat in (1, (2, 3))',
    "valid between 'a'",
    '__proto__',
    '__proto__ = 1',
    'constructor = 1',
    'constructor()',
    'toString() = 1',
    "hasOwnProperty('valid')",
    '__defineGetter__(1, 2)',
    'valid.constructor = 1',
    'valid[0] = 1',
    'vаlid = 1',
    'ｖａｌｉｄ = 1',
    'valid\u200b = 1',
    'valid \u202e= 1',
    'valid\0 = 1',
    "topic = 'a\0b'",
    "topic = 'a\nb'",
    "topic = 'open",
    'topic = ‘x’',
    'create_ts > @2026-02-30T00:00',
    'create_ts > @1949-10-01T00:00',
    'create_ts > @9999-12-31T00:00',
    'create_ts > now()',
    'revisit_sat < 1e18',
    'revisit_sat < 1e999',
    'revisit_sat > 1e-11',
    'revisit_sat = 3.00000000001',
    'revisit_sat < 99999999999999999999999999999999999999',
    'revisit_sat < NaN',
    'revisit_sat < Infinity',
    'revisit_sat / 0 = 1',
    'revisit_sat',
    "'text'",
    'null',
    'create_ts + 1 > create_ts',
    'topic + 1 = 2',
    "revisit_sat = '3'",
    'period_start(1) = create_ts',
    'clamp(1) = 1',
    "if(1, 2, 'x') = 2",
  ])('%j', (text) => {
    const findings = errorsOf(text);
    expect(findings.length).toBeGreaterThan(0);
    for (const { start, end, message } of findings) {
      expect(0 <= start && start <= end && end <= text.length + 1).toBe(true);
      expect(message).toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it.each([
    '__proto__',
    'constructor + 1',
    "gdp'; DROP TABLE x",
    'gdp; gdp',
    'lag_y(gdp, 1e9)',
    'lag_y(gdp, -1)',
    'lag_y(gdp, gdp)',
    'lag_y(__proto__, 1)',
    'eval(gdp)',
    'gdp / 0',
    'gdp ** 2',
    'gdp[0]',
    'gdp.constructor',
    'lim("__proto__", "year")',
    'pctl(gdp, 1e9)',
    'score(gdp, 1, 1)',
    'ｇｄｐ',
    'gdр',
    `${'('.repeat(60)}gdp${')'.repeat(60)}`,
  ])('formula %j', (text) => {
    const { findings } = checkFormula(text, new Map([['gdp', { unit: '亿元' }]]), '亿元');
    expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
  });
});

describe('what the checker passes the engine answers, rightly', () => {
  const ALL = ['a', 'b'];
  const answered: [string, string[]][] = [
    ['revisit_sat in (1, 2, 3)', ['a']],
    ['revisit_sat in (2.5, 3)', ['a']],
    ['revisit_sat in (-3, 3.0000000001)', []],
    ['revisit_sat not in (1, 2)', ['a']],
    ['revisit_sat * 900000000 * 1.5 * 1.5 > 0', ['a']],
    ['revisit_sat * 1.5 * 1.5 * 1.5 * 1.5 > 15', ['a']],
    ['revisit_sat * 1.5 * 1.5 = 6.75', ['a']],
    ['-revisit_sat * -1 = 3', ['a']],
    // 3 × 10¹⁷ × 10¹⁷ fits in no stored number: unknown, not false for one row and an error for all.
    ['revisit_sat * 100000000000000000 * 100000000000000000 > 0', []],
    ['revisit_sat / 0.0000000001 / 0.0000000001 = 1', []],
    ['revisit_sat / (revisit_sat - 3) is null', ALL],
    ['revisit_sat / 3 = 1', ['a']],
    ['revisit_sat < 999999999999999999', ['a']],
    ['revisit_sat > .5', ['a']],
    ['revisit_sat > 1e-10', ['a']],
    ['revisit_sat is null', ['b']],
    ['not (revisit_sat = 3)', []],
    ['not valid', ['b']],
    ['- - -revisit_sat = -3', ['a']],
    ['abs(revisit_sat - 5) = 2', ['a']],
    ['clamp(revisit_sat, 5, 1) = 1', ['a']],
    ['coalesce(revisit_sat, 0.5) = 0.5', ['b']],
    ['if(valid, revisit_sat, 1) = 1', ['b']],
    // b was not rated: whether it would have been above 4 is not known.
    ['if(revisit_sat > 4, 1, 0) = 0', ['a']],
    ['if(revisit_sat > 4, 1, 0) is null', ['b']],
    ['days_between(create_ts, due_ts) = 2', ['a']],
    ['days_between(due_ts, create_ts) = -2', ['a']],
    ['minutes_between(create_ts, due_ts) = 2880', ['a']],
    // Friday 30 January to Sunday 1 February 2026: no working day after the first.
    ['workdays(create_ts, due_ts) = 0', ['a']],
    ['create_ts < @1970-01-02T00:00', []],
    ['create_ts < @2105-12-31T23:59', ALL],
    ['create_ts in (@2026-02-01T09:00)', ['b']],
    ['date(create_ts) = @2026-01-30', ['a']],
    ["channel in ('phone', 'web')", ALL],
    ["'a' = 'a' and 1 = 1 and @2026-01-01 < @2026-01-02", ALL],
    ["gbt4754_section('0610') = 'B' and gbt4754_section(topic) = ''", ALL],
    ['region_code between 140200 and 149999', ['b']],
    ['valid <> dispatched', ['a']],
    [Array.from({ length: 150 }, (_, i) => `revisit_sat <> ${i + 10}`).join(' and '), ['a']],
    [`revisit_sat in (${Array.from({ length: 200 }, (_, i) => i).join(', ')})`, ['a']],
    [`${'('.repeat(49)}revisit_sat = 3${')'.repeat(49)}`, ['a']],
  ];
  it.each(answered.map(([text, ids]) => [text.slice(0, 70), text, ids] as const))(
    '%s',
    async (_, text, expected) => {
      expect(errorsOf(text)).toEqual([]);
      expect(await found(text, " AND ticket_id IN ('a', 'b')")).toEqual(expected);
    },
  );
});

describe('size and depth end in a finding, in bounded time', () => {
  it.each<[string, string, string]>([
    ['parentheses', `${'('.repeat(1900)}valid${')'.repeat(1900)}`, 'too_deep'],
    ['open parentheses', '('.repeat(4000), 'too_deep'],
    ['negations', `${'not '.repeat(990)}valid`, 'too_deep'],
    ['signs', `${'-'.repeat(3900)}1 = 1`, 'too_deep'],
    ['calls', `${'abs('.repeat(900)}1`, 'too_deep'],
    ['a list of thousands', `revisit_sat in (${'1,'.repeat(1900)}1)`, 'too_many'],
    ['arguments', `coalesce(${'1,'.repeat(900)}1) = 1`, 'too_many'],
    ['a chain', 'valid and '.repeat(399), 'syntax'],
    ['a chain of thousands', '1+'.repeat(1999), 'too_many'],
    ['4,001 characters', `valid${' '.repeat(3996)}`, 'too_long'],
    ['a million characters', 'valid and '.repeat(100_000), 'too_long'],
    ['digits', `${'9'.repeat(3990)} = 1`, 'bad_number'],
    ['a fraction', `0.${'1'.repeat(3990)} = 1`, 'bad_number'],
    ['quotes', "'".repeat(3999), 'bad_string'],
    ['curly quotes', '“'.repeat(4000), 'bad_character'],
    ['foreign characters', '\u0430'.repeat(4000), 'bad_character'],
    ['blanks before a slip', `valid${' '.repeat(3900)}!`, 'syntax'],
    ['a long name', `${'a'.repeat(3990)}`, 'unknown_name'],
    ['commas', `abs(${','.repeat(3900)})`, 'syntax'],
  ])('%s', (_, text, code) => {
    const began = performance.now();
    const findings = errorsOf(text);
    expect(performance.now() - began).toBeLessThan(1000);
    expect(findings.map((one) => one.code)).toContain(code);
  });
});
