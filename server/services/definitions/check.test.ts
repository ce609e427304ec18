import { describe, expect, it } from 'vitest';
import type { MetricDefinition } from '@/metrics/model/definition';
import { definitionHash } from '@/metrics/model/hash';
import { entryText } from '@/metrics/testing/definition-text';
import { sample } from '@/metrics/testing/definitions';
import { checkDefinitions } from './check';

const registered = (definition: MetricDefinition) => ({
  definition,
  version: 4,
  hash: definitionHash(definition),
});

/** In force: two counts, an amount, and the share of one count in the other, of which an index is made. */
const IN_FORCE = [
  sample.reported({ code: 'a' }),
  sample.reported({ code: 'b' }),
  sample.reported({ code: 'money', unit: '亿元' }),
  sample.derived({ code: 'share', formula: 'a / b * 100' }),
].map(registered);

/** An entry with names of its own. */
const entry = (code: string, ...lines: string[]) =>
  entryText(`code: ${code}`, `name: 名 ${code}`, `name_en: Name ${code}`, ...lines);

const check = (...texts: string[]) =>
  checkDefinitions(
    texts.map((text, index) => ({ name: `${index + 1}.yaml`, text })),
    IN_FORCE,
  );

const lines = (...texts: string[]) =>
  check(...texts).findings.map(
    ({ file, line, column, severity, code, metric, path }) =>
      `${file}:${line}:${column} ${severity} ${code} ${metric} ${path}`,
  );

describe('what is wrong is found at its place', () => {
  it('and nothing in what is sound', () => {
    expect(check(entry('new'))).toEqual({
      definitions: 1,
      findings: [],
      changes: [{ code: 'new', name: '名 new', version: null, changesNumbers: true, differences: [] }],
    });
  });

  it('a name that nobody knows, in the column in which it stands', () => {
    // The first entry has 23 lines; `  formula: a / mony * 100` has m in column 16.
    const { findings } = check(entry('one') + entry('two', 'formula: a / mony * 100'));
    expect(findings).toEqual([
      {
        file: '1.yaml',
        ...{ line: 46, column: 16, severity: 'error', code: 'unknown_name' },
        ...{ definition: 'two', metric: 'two', path: 'formula' },
        ...{ message: expect.stringContaining('mony'), proposal: 'money' },
      },
    ]);
  });

  it('an expression in quotes, a weight within another member, a member that is not there', () => {
    expect(
      lines(
        entry('one', 'formula: "a / mony * 100"'),
        entry('two', 'rollup: weighted_mean', 'rollup_weight: { by: formula, formula: "mony" }'),
        entry('three', 'formula: share - 1'),
      ),
    ).toEqual([
      '1.yaml:23:17 error unknown_name one formula',
      '2.yaml:24:42 error unknown_name two rollup_weight.formula',
      '3.yaml:1:3 error missing_denominator three rollup_weight',
    ]);
  });

  it('what cannot be read beside what can, from top to bottom', () => {
    const broken = entry('broken', 'freq: W', 'unitt: x');
    expect(check(broken + entry('two', 'owner: " "')).definitions).toBe(2);
    expect(lines(broken + entry('two', 'owner: " "'), '- code: [', '3')).toEqual([
      '1.yaml:10:9 error wrong_value broken freq',
      '1.yaml:24:3 error unknown_member broken unitt',
      '1.yaml:42:10 error missing_owner two owner',
      expect.stringMatching(/^2\.yaml:1:\d+ error yaml_syntax null $/),
      '3.yaml:1:1 error no_definition null ',
    ]);
  });
});

describe('definitions are judged together', () => {
  it('those of several files know each other', () => {
    expect(lines(entry('ratio', 'formula: a / fresh * 100'), entry('fresh', 'unit: 件'))).not.toContainEqual(
      expect.stringContaining('unknown_name'),
    );
  });

  it('an entry that cannot be read yet is not said to be missing as well', () => {
    expect(lines(entry('ratio', 'formula: a / fresh * 100'), entry('fresh', 'precision: x'))).toEqual([
      '2.yaml:8:14 error wrong_type fresh precision',
    ]);
  });

  it('a cycle between two files is found at both ends', () => {
    const one = entry('x', 'formula: y / b * 100');
    const two = entry('y', 'formula: x / b * 100');
    const cycles = check(one, two).findings.filter(({ code }) => code === 'cycle');
    expect(cycles.map(({ file, line, column, message }) => [file, line, column, message])).toEqual([
      ['1.yaml', 23, 12, '循环引用:x → y → x'],
      ['2.yaml', 23, 12, '循环引用:y → x → y'],
    ]);
    expect(lines(one).filter((text) => text.includes('cycle'))).toEqual([]);
  });

  it('a code in two files is found at the second, with the place of the first', () => {
    const { findings } = check(entry('new'), entry('other') + entry('new', 'name: 另一', 'name_en: Other'));
    expect(findings).toMatchObject([
      { file: '2.yaml', line: 24, column: 9, code: 'duplicate_code', path: 'code' },
    ]);
    expect(findings[0]?.message).toBe('代码“new”已用于“名 new”,见 1.yaml:1:9');
  });

  it('a file given twice has each code twice', () => {
    const text = entry('new');
    const twice = checkDefinitions(
      ['new.yaml', 'new.yaml'].map((name) => ({ name, text })),
      IN_FORCE,
    );
    expect(twice.findings.filter(({ code }) => code === 'duplicate_code')).toHaveLength(1);
  });
});

describe('a change of what is in force', () => {
  const count = (code: string, unit: string) =>
    entry(
      code,
      ...['kind: reported', 'formula: ABSENT', `unit: ${unit}`, 'accumulation: flow', 'rollup: sum'],
      ...['additive_over_regions: true', 'yoy: value_ratio'],
    );

  it('is no duplicate, and says the version and what differs', () => {
    const { findings, changes } = check(
      entry('share', 'name: 样例 share', 'precision: 2', 'owner: 省财政厅'),
    );
    expect(findings).toEqual([]);
    expect(changes).toMatchObject([{ code: 'share', version: 4, changesNumbers: true }]);
    expect(changes[0]?.differences).toContainEqual({
      member: 'owner',
      before: '省统计局',
      after: '省财政厅',
    });
    expect(changes[0]?.differences).toContainEqual({
      member: 'precision',
      before: '1 位小数',
      after: '2 位小数',
    });
  });

  it('that breaks a metric made of it is found where the change stands, named by that metric', () => {
    const { findings } = check(entry('new', 'formula: b / b * 100') + count('a', '亿元'));
    expect(findings).toEqual([
      expect.objectContaining({
        ...{ line: 24, column: 3, code: 'unit_clash', definition: 'a', metric: 'share', path: 'formula' },
        message: expect.stringMatching(/^用到它的“样例 share”:/),
      }),
    ]);
  });

  it('is not blamed for what the same files mend', () => {
    const mended = entry('share', 'formula: b / b * 100', 'name: 样例 share', 'name_en: Sample share');
    expect(lines(count('a', '亿元'), mended)).toEqual([]);
  });

  it('and of its operand as well breaks a metric once', () => {
    expect(
      lines(count('a', '亿元'), count('b', '万户')).filter((text) => text.includes(' share ')),
    ).toHaveLength(1);
  });

  it('that says the same is none', () => {
    const same = checkDefinitions(
      [{ name: '1.yaml', text: JSON.stringify(IN_FORCE.map(({ definition }) => definition)) }],
      IN_FORCE,
    );
    expect(same).toEqual({ definitions: 4, findings: [], changes: [] });
  });
});
