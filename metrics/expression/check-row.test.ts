import { describe, expect, it } from 'vitest';
import { CASES, ENTITIES, TICKETS } from '@/metrics/testing/contracts';
import { checkRowExpression } from './check-row';

const findings = (text: string, contract = TICKETS) =>
  checkRowExpression(text, contract, 'boolean').findings.map((f) => [
    f.code,
    text.slice(f.start, f.end),
    f.proposal,
  ]);

describe('conditions over rows', () => {
  it.each([
    'finish_ts <= due_ts',
    'valid = 1 and dispatched = 1',
    'valid and not dispatched',
    "channel in ('web', 'app')",
    'revisit_sat between 3 and 5',
    'create_ts >= period_start() and (finish_ts is null or finish_ts >= period_end())',
    'date(create_ts) >= @2026-03-01',
    'if(valid, revisit_sat, 0) >= 3',
    "coalesce(department, '') <> ''",
    'minutes_between(create_ts, finish_ts) <= 60',
  ])('accepts %s', (text) => {
    expect(findings(text)).toEqual([]);
  });

  it.each([
    ['finnish_ts <= due_ts', [['unknown_name', 'finnish_ts', 'finish_ts']]],
    ["channel = 'wehcat'", [['unknown_value', "'wehcat'", "'wechat'"]]],
    ["channel in ('web', 'fax')", [['unknown_value', "'fax'", undefined]]],
    ['valid', []],
    ['revisit_sat', [['type_clash', 'revisit_sat', undefined]]],
    ['revisit_sat and valid', [['type_clash', 'revisit_sat', 'revisit_sat = 1']]],
    ["revisit_sat >= '3'", [['type_clash', "revisit_sat >= '3'", undefined]]],
    ["create_ts >= '2026/3/1'", [['type_clash', "create_ts >= '2026/3/1'", '>= @2026-03-01']]],
    ['finish_ts = null', [['type_clash', 'finish_ts = null', 'is null']]],
    ['create_ts > @2026-03-01', [['type_clash', 'create_ts > @2026-03-01', '用 date(…) 取时刻的日期']]],
    [
      'finish_ts - create_ts < 3',
      [['type_clash', 'finish_ts - create_ts', 'days_between(起, 止) 或 minutes_between(起, 止)']],
    ],
    ['workday(create_ts, finish_ts) < 3', [['unknown_function', 'workday', 'workdays(起, 止)']]],
    ['workdays(create_ts) < 3', [['wrong_argument', 'workdays(create_ts)', 'workdays(起, 止)']]],
    ['date(channel) = @2026-03-01', [['wrong_argument', 'channel', 'date(时刻)']]],
    ['period_end > create_ts', [['unknown_name', 'period_end', 'period_end()']]],
    [
      'channel in (web)',
      [
        ['unknown_name', 'web', undefined],
        ['wrong_argument', 'web', "'web'"],
      ],
    ],
    // Letters have an order, what they name has none; the engine would answer by the alphabet.
    ["channel < 'web'", [['type_clash', "channel < 'web'", '= 或 in (…)']]],
    ['revisit_sat between 5 and 3', [['wrong_argument', 'revisit_sat between 5 and 3', undefined]]],
    [
      'date(create_ts) between @2026-03-02 and @2026-03-01',
      [['wrong_argument', 'date(create_ts) between @2026-03-02 and @2026-03-01', undefined]],
    ],
    ['revisit_sat / 0 > 1', [['wrong_argument', '0', undefined]]],
    ['constructor = 1', [['unknown_name', 'constructor', undefined]]],
    ['toString() = 1', [['unknown_function', 'toString', undefined]]],
    ['yoy(valid) > 1', [['unknown_function', 'yoy', undefined]]],
  ])('%s', (text, expected) => {
    expect(findings(text)).toEqual(expected);
  });

  it('reports every wrong place of one condition', () => {
    expect(findings("valud = 1 and channel = 'fax' and revisit_sat > 'x'").map(([code]) => code)).toEqual([
      'unknown_name',
      'unknown_value',
      'type_clash',
    ]);
  });

  it('checks the unit of numbers: working days against yuan', () => {
    expect(findings('pause_days > fee_yuan', CASES)).toEqual([
      ['unit_clash', 'pause_days > fee_yuan', undefined],
    ]);
    expect(findings('workdays(accept_ts, finish_ts) - pause_days > 3', CASES)).toEqual([]);
    expect(findings('workdays(accept_ts, finish_ts) - fee_yuan > 3', CASES)).toEqual([
      ['unit_clash', 'workdays(accept_ts, finish_ts) - fee_yuan', undefined],
    ]);
  });

  it('gives an expression the type its result has', () => {
    expect(checkRowExpression('gbt4754_section(industry)', ENTITIES).type.kind).toBe('string');
    expect(
      checkRowExpression('workdays(accept_ts, finish_ts) - coalesce(pause_days, 0)', CASES, 'number'),
    ).toMatchObject({
      type: { kind: 'number', unit: { bases: { 工作日: 1 } } },
      findings: [],
    });
  });
});
