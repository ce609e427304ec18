import { describe, expect, it } from 'vitest';
import { entryText as entry } from '@/metrics/testing/definition-text';
import { definitionsFromYaml } from './definition-yaml';

const problemsIn = (text: string) =>
  definitionsFromYaml(text).problems.map(({ place, kind, path, message, proposal }) => [
    `${place.line}:${place.column}`,
    kind,
    path,
    message,
    proposal,
  ]);

describe('a text that is no YAML says in Chinese where and why', () => {
  it.each([
    ['an open bracket', '- code: gdp\n  levels: [province\n  unit: 亿元\n', '3:3', '括号要成对'],
    ['a member twice', '- code: gdp\n  unit: 亿元\n  unit: 万元\n', '3:3', '写了两次'],
    ['a colon within a text', '- code: gdp\n  note: 注: 含税: 是\n', '2:9', '要加引号'],
    ['a member without a colon', '- code: gdp\n  name 生产总值\n  unit: 亿元\n', '2:3', '冒号'],
    ['a tab', '- code: gdp\n\tunit: 亿元\n', '2:2', '制表符'],
    ['two documents', '- {}\n---\n- {}\n', '2:1', '---'],
    ['an alias', '- code: &a gdp\n- code: *a\n', '2:9', '别名“*a”'],
    ['a text that begins with @', '- code: gdp\n  owner: @局\n', '2:10', '要加引号'],
    ['brackets without end', `- code: gdp\n  x: ${'['.repeat(201)}`, '2:206', '嵌套太深'],
  ])('%s', (_, text, place, reason) => {
    expect(problemsIn(text)[0]).toEqual([
      place,
      'yaml_syntax',
      '',
      expect.stringContaining(reason),
      undefined,
    ]);
  });

  it('tells of a slip, not of what follows from it: of a tab all that stands below', () => {
    const text = `- code: gdp\n\tunit: 亿元\n${'  name: 生产总值\n'.repeat(20)}`;
    expect(problemsIn(text).map(([place]) => place)).toEqual(['2:2']);
  });

  it('tells of every member that is there twice', () => {
    const text = '- {code: a, code: b}\n- {unit: a, unit: b}\n';
    expect(problemsIn(text).map(([place]) => place)).toEqual(['1:13', '2:13']);
  });
});

describe('a member that cannot be read says what was expected, what was found, and where', () => {
  it.each<[string, string, unknown[]]>([
    [
      'unknown, with the name that was meant',
      'unitt: x',
      ['24:3', 'unknown_member', 'unitt', '口径没有成员“unitt”', 'unit'],
    ],
    [
      'a word that is not of the vocabulary',
      'rounding: half_upp',
      ['9:13', 'wrong_value', 'rounding', '应为 half_up、half_even 之一,写的是文本“half_upp”', 'half_up'],
    ],
    ['absent', 'unit: ABSENT', ['1:3', 'missing_member', 'unit', '缺少成员“unit”,应为文本', undefined]],
    [
      'absent, of a vocabulary',
      'rounding: ABSENT',
      ['1:3', 'missing_member', 'rounding', '缺少成员“rounding”,应为 half_up、half_even 之一', undefined],
    ],
    [
      'of another type',
      'precision: 两位',
      ['8:14', 'wrong_type', 'precision', '应为数字,写的是文本“两位”', undefined],
    ],
    ['empty', 'name: ""', ['3:9', 'wrong_value', 'name', '不能为空', undefined]],
    ['without a value', 'name:', ['3:8', 'wrong_type', 'name', '应为文本,写的是空值', undefined]],
    ['too large', 'precision: 9', ['8:14', 'wrong_value', 'precision', '应不大于 6,写的是 9', undefined]],
    [
      'absent within another',
      'release: { lag: 月后, rules: [{ type: after_period }] }',
      [
        '22:31',
        'missing_member',
        'release.rules.0.period',
        '缺少成员“period”,应为 day、month、quarter、year 之一',
        undefined,
      ],
    ],
    [
      'of an unknown form',
      'release: { lag: 月后, rules: [{ type: later }] }',
      [
        '22:39',
        'wrong_value',
        'release.rules.0.type',
        '应为 continuous、after_period、in_year、after_event 之一,写的是文本“later”',
        undefined,
      ],
    ],
    [
      'of an unknown kind',
      'kind: computed',
      [
        '2:9',
        'wrong_value',
        'kind',
        '应为 reported、aggregated、derived、composite 之一,写的是文本“computed”',
        undefined,
      ],
    ],
  ])('%s', (_, line, problem) => {
    expect(problemsIn(entry(line))).toEqual([problem]);
  });

  it('tells of each unknown member by itself, and which there are where none was meant', () => {
    const problems = problemsIn(entry('unitt: x', 'thresholds: { text: x, zzz: 1, sets: [] }'));
    expect(problems).toEqual([
      ['25:40', 'wrong_value', 'thresholds.sets', '至少 1 项,写的是有 0 项的列表', undefined],
      [
        '25:26',
        'unknown_member',
        'thresholds.zzz',
        '“thresholds”没有成员“zzz”,可用的有 text、sets、hysteresis_periods',
        undefined,
      ],
      ['24:3', 'unknown_member', 'unitt', '口径没有成员“unitt”', 'unit'],
    ]);
  });
});

describe('the place of a member, and of what stands within its text', () => {
  const placeOf = (text: string, path: string, startIndex?: number) => {
    const { definitions, problems, placeOf: of } = definitionsFromYaml(text);
    expect(problems).toEqual([]);
    const last = definitions.at(-1);
    return last && of(last, path, startIndex);
  };
  const formula = (line: string, startIndex: number) => placeOf(entry(line), 'formula', startIndex);

  it('counts within plain and quoted texts, over what the quotes made longer', () => {
    expect(formula('formula: a / b * 100', 4)).toEqual({ line: 23, column: 16 });
    expect(formula('formula: "a / b * 100"', 4)).toEqual({ line: 23, column: 17 });
    // '供热' stands before b: each of its quotes is written twice.
    expect(formula("formula: 'a(''供热'') / b'", 10)).toEqual({ line: 23, column: 25 });
    expect(formula('formula: "a(\\"供热\\") / b"', 10)).toEqual({ line: 23, column: 25 });
  });

  it('is the beginning of a text that is not written as it is read', () => {
    expect(formula('formula: a\n    / b', 4)).toEqual({ line: 23, column: 12 });
    expect(formula('formula: >-\n    a\n    / b', 4)).toEqual({ line: 23, column: 12 });
    expect(formula('formula: "a \\u002f b"', 4)).toEqual({ line: 23, column: 12 });
  });

  it('is the entry for what is not written, in a list and alone', () => {
    expect(placeOf(entry() + entry(), 'rollup_weight.formula')).toEqual({ line: 24, column: 3 });
    const alone = entry().replace(/^- |^ {2}/gm, '');
    expect(placeOf(alone, 'note')).toEqual({ line: 1, column: 1 });
    expect(placeOf(alone, 'formula', 4)).toEqual({ line: 23, column: 14 });
    expect(placeOf(alone.replaceAll('\n', '\r\n'), 'formula', 4)).toEqual({ line: 23, column: 14 });
  });
});
