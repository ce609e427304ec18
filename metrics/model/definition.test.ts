import { describe, expect, it } from 'vitest';
import { sample } from '@/metrics/testing/definitions';
import { metricDefinitionSchema } from './definition';
import { definitionsFromYaml, definitionsToYaml } from './definition-yaml';
import { canonicalJson, definitionHash } from './hash';

const ALL = [
  sample.reported({ code: 'a' }),
  sample.aggregated({ code: 'b', where: "channel = 'web'", slices: ['channel'] }),
  sample.derived({ code: 'c' }),
  sample.derived({ code: 'approximated', approximate: true }),
  sample.composite({ code: 'd' }),
];

describe('schema of a definition', () => {
  it('refuses a member that it does not know, rather than dropping it', () => {
    const result = metricDefinitionSchema.safeParse({ ...ALL[0], colour: 'red' });
    expect(result.success).toBe(false);
    expect(result.error?.issues[0]).toMatchObject({ code: 'unrecognized_keys', keys: ['colour'] });
  });

  it.each([
    ['a code that is no identifier', { code: "gdp'; drop table" }, 'code'],
    ['an unknown unit of accumulation', { accumulation: 'sum' }, 'accumulation'],
    ['a precision nobody shows', { precision: 9 }, 'precision'],
    ['no level', { levels: [] }, 'levels'],
    ['an approximation that is none', { kind: 'derived', formula: 'a', approximate: false }, 'approximate'],
    ['a formula longer than is read', { kind: 'derived', formula: 'a'.repeat(4001) }, 'formula'],
  ])('refuses %s and says where', (_, members, path) => {
    const result = metricDefinitionSchema.safeParse({ ...ALL[0], ...members });
    expect(result.error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });

  it('reports all wrong members at once', () => {
    const result = metricDefinitionSchema.safeParse({ ...ALL[0], freq: 'weekly', unit: '', yoy: 'ratio' });
    expect(result.error?.issues.map((issue) => issue.path.join('.')).sort()).toEqual(['freq', 'unit', 'yoy']);
  });
});

describe('identity of a definition', () => {
  it('is the same after export to YAML and import', () => {
    const { definitions, problems } = definitionsFromYaml(definitionsToYaml(ALL));
    expect(problems).toEqual([]);
    expect(definitions.map(definitionHash)).toEqual(ALL.map(definitionHash));
  });

  it('is the same after a way through JSON, whatever the order of members', () => {
    for (const definition of ALL) {
      const reversed = Object.fromEntries(Object.entries(definition).reverse());
      const again = metricDefinitionSchema.parse(JSON.parse(JSON.stringify(reversed)));
      expect(definitionHash(again)).toBe(definitionHash(definition));
    }
  });

  it('does not depend on whether a default was written out', () => {
    expect(definitionHash(sample.aggregated({ factor: 1, slices: [] }))).toBe(
      definitionHash(sample.aggregated()),
    );
  });

  it('changes with any change of meaning', () => {
    const changed = [
      sample.derived(),
      sample.derived({ formula: 'a / b * 1000' }),
      sample.derived({ precision: 2 }),
      sample.derived({ owner: '省财政厅' }),
    ];
    expect(new Set(changed.map(definitionHash)).size).toBe(changed.length);
  });

  it('is SHA-256 over canonical JSON: sorted keys, no space, absent members left out', () => {
    expect(canonicalJson({ b: [1, 0.1, 'x"'], a: null, c: undefined })).toBe('{"a":null,"b":[1,0.1,"x\\""]}');
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(TypeError);
    expect(() => canonicalJson({ a: new Date(0) })).toThrow(TypeError);
  });
});

describe('YAML that is no list of definitions', () => {
  it('is read as one definition where it has members', () => {
    const [alone] = ALL;
    const { definitions, problems } = definitionsFromYaml(JSON.stringify(alone));
    expect([definitions, problems]).toEqual([[alone], []]);
  });

  it.each([
    ['broken syntax', '- code: [a', -1],
    ['neither a list nor a definition', '3', -1],
    ['an empty file', '', -1],
    ['a list of something else', '- 3', 0],
  ])('%s is a problem with its place, no exception', (_, text, index) => {
    const { definitions, problems } = definitionsFromYaml(text);
    expect(definitions).toEqual([]);
    expect(problems[0]?.index).toBe(index);
  });

  it('names the entry and the member, and keeps the good entries', () => {
    const [good, bad] = ALL;
    const { definitions, problems } = definitionsFromYaml(JSON.stringify([good, { ...bad, unit: '' }]));
    expect(definitions.map((definition) => definition.code)).toEqual(['a']);
    expect(problems).toMatchObject([{ index: 1, code: 'b', path: 'unit' }]);
  });

  it('refuses aliases, which a few bytes can expand without end', () => {
    const { problems } = definitionsFromYaml('- &a [x, x]\n- [*a, *a, *a]\n');
    expect(problems[0]?.index).toBe(-1);
  });
});
