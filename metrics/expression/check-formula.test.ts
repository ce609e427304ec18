import { describe, expect, it } from 'vitest';
import { checkFormula } from './check-formula';

const METRICS = new Map(
  Object.entries({
    gdp: '亿元',
    exports: '亿元',
    subsidy: '万元',
    pop: '万人',
    coal: '万吨',
    deaths: '人',
    cases: '例',
    growth: '%',
    power: '亿千瓦时',
    balance: '亿元',
    days: '工作日',
    cpi: '指数',
    odd: '不知道的单位',
  }).map(([code, unit]) => [code, { unit }]),
);

const findings = (text: string, unit?: string) =>
  checkFormula(text, METRICS, unit).findings.map((f) => [
    f.code,
    f.severity,
    text.slice(f.start, f.end),
    f.proposal,
  ]);

describe('formulas whose unit comes out as declared', () => {
  it.each([
    // 亿元 × 10⁴ / 万人 = 10⁸·10⁴/10⁴ … = 元/人, declared 元 per head
    ['gdp * 10000 / ((pop + lag_y(pop, 1)) / 2)', '元'],
    ['exports / gdp * 100', '%'],
    ['deaths / (coal / 100)', '人/百万吨'],
    ['cases * 10 / lag_y(pop, 1)', '1/10万'],
    ['(1 - (1 + yoy(power) / 100) / (1 + growth / 100)) * 100', '%'],
    ['balance / (gdp / months_elapsed())', '月'],
    ['0.55 * yoy(gdp) + 0.45 * growth', '百分点'],
    ['0.5 * score(growth, -5, 12) + 0.5 * score(yoy(gdp), 0, 10)', '分'],
    ['ytd(exports) / target(gdp) * 100', '%'],
    ['-exports + gdp', '亿元'],
  ])('%s → %s', (text, unit) => {
    expect(findings(text, unit)).toEqual([]);
  });
});

describe('formulas that cannot be right', () => {
  it.each([
    ['gdp + pop', '亿元', [['unit_clash', 'error', 'gdp + pop', undefined]]],
    ['gdp + subsidy', '亿元', [['unit_scale', 'warning', 'gdp + subsidy', undefined]]],
    ['gdp + subsidy / 10000', '亿元', []],
    ['gdp / pop', '%', [['unit_clash', 'error', 'gdp / pop', undefined]]],
    // a share without × 100 is off by 100
    ['exports / gdp', '%', [['unit_scale', 'warning', 'exports / gdp', '乘以 100']]],
    ['gdp / pop', '元', [['unit_scale', 'warning', 'gdp / pop', '乘以 10000']]],
    ['growth + cpi', '%', [['unit_clash', 'error', 'growth + cpi', undefined]]],
    ['if(gdp > pop, gdp, exports)', '亿元', [['unit_clash', 'error', 'gdp > pop', undefined]]],
    ['gpd / pop * 10000', '元', [['unknown_name', 'error', 'gpd', 'gdp']]],
    ['gdp > 1', '亿元', [['type_clash', 'error', 'gdp > 1', undefined]]],
    [
      'lag_y(gdp + exports, 1)',
      '亿元',
      [['wrong_argument', 'error', 'gdp + exports', 'lag_y(指标, 前几年)']],
    ],
    ['lag_y(gdp, 0)', '亿元', [['wrong_argument', 'error', '0', undefined]]],
    ['lag_y(gdp, pop)', '亿元', [['wrong_argument', 'error', 'pop', 'lag_y(指标, 前几年)']]],
    ['score(growth, 5, 5)', '分', [['wrong_argument', 'error', '5', undefined]]],
    ['pctl(growth, 100)', '%', [['wrong_argument', 'error', '100', undefined]]],
    ["gdp / lim('PM25', 'year')", undefined, [['unknown_value', 'error', "'PM25'", 'PM2.5']]],
    ['clamp(gdp, pop, 5)', '亿元', [['unit_clash', 'error', 'gdp, pop, 5', undefined]]],
    ['coalesce(gdp, pop)', '亿元', [['unit_clash', 'error', 'gdp, pop', undefined]]],
    ["if(gdp > 1, 1, 'x')", '亿元', [['type_clash', 'error', "gdp > 1, 1, 'x'", undefined]]],
    // GB 3095 limits ozone by the 8 h mean and the hour alone, particles by the day and the year.
    ["gdp / lim('O3', 'year')", undefined, [['unknown_value', 'error', "'year'", undefined]]],
    ["gdp / lim('PM2.5', '8h')", undefined, [['unknown_value', 'error', "'8h'", undefined]]],
    ["gdp / lim('CO', '24h')", undefined, []],
    ['workdays(gdp, pop)', undefined, [['unknown_function', 'error', 'workdays', undefined]]],
  ])('%s as %s', (text, unit, expected) => {
    expect(findings(text, unit)).toEqual(expected);
  });

  it('does not call a unit it does not know a clash', () => {
    expect(findings('odd + gdp', '亿元')).toEqual([]);
  });
});
