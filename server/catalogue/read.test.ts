import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, describe, expect, it } from 'vitest';
import type { MetricDefinition } from '@/metrics/model/definition';
import { definitionsFromYaml, definitionsToYaml } from '@/metrics/model/definition-yaml';
import { definitionHash } from '@/metrics/model/hash';
import { computability } from '@/metrics/validate/computability';
import { validateCatalogue } from '@/metrics/validate/validate';
import { allContracts } from '@/server/datasets/registry';
import { readShippedCatalogue } from './read';

const shipped = readShippedCatalogue();
const byCode = new Map(shipped.map((definition) => [definition.code, definition]));

describe('the shipped catalogue', () => {
  it('holds the 219 metrics of the domain model', () => {
    expect(shipped).toHaveLength(219);
    const count = (kind: string) => shipped.filter((definition) => definition.kind === kind).length;
    expect({
      reported: count('reported'),
      aggregated: count('aggregated'),
      derived: count('derived'),
      composite: count('composite'),
    }).toEqual({
      reported: 93,
      aggregated: 85,
      derived: 33,
      composite: 8,
    });
  });

  it('has no error; each warning is listed here with its reason', () => {
    const findings = validateCatalogue(shipped, allContracts());
    expect(findings.filter((finding) => finding.severity === 'error')).toEqual([]);
    const warnings = findings.map((finding) => `${finding.metric} ${finding.code} ${finding.path}`);
    expect(warnings).toEqual([
      // The method that gave a signal is no column of the cards.
      'outbreak_signals unknown_slice slices.1',
      // 扣沙 and 未扣沙 are two bases of the figure, marked after the fact; the hourly rows cannot be cut by it.
      'good_days unknown_slice slices.0',
      'heavy_days unknown_slice slices.0',
      // One item may be overdue at several nodes, so they are no parts of it.
      'sup_overdue unknown_slice slices.1',
    ]);
  });

  it('keeps its hashes through export and import', () => {
    const again = definitionsFromYaml(definitionsToYaml(shipped));
    expect(again.problems).toEqual([]);
    expect(again.definitions.map(definitionHash)).toEqual(shipped.map(definitionHash));
    expect(new Set(shipped.map(definitionHash)).size).toBe(219);
  });

  it('has a compilable form for every aggregated metric of the connected datasets', () => {
    const connected = new Set(allContracts().map((contract) => contract.name));
    const aggregated = shipped.filter((definition) => definition.kind === 'aggregated');
    const states = aggregated.map((definition) => computability(definition, connected, byCode));
    expect(states.filter((state) => state.computable)).toHaveLength(36);
    for (const state of states) {
      if (!state.computable)
        expect(state.reasons.map((reason) => reason.code)).toEqual(['dataset_not_connected']);
    }
  });
});

describe('what is wrong in a catalogue directory', () => {
  let dir: string | undefined;
  afterEach(() => {
    if (dir !== undefined) rmSync(dir, { recursive: true });
    dir = undefined;
  });
  const write = (files: Record<string, string>) => {
    const made = mkdtempSync(join(tmpdir(), 'catalogue-'));
    dir = made;
    for (const [name, text] of Object.entries(files)) writeFileSync(join(made, name), text);
    return made;
  };

  it('is named by file, metric and member, all at once', () => {
    const gdp = byCode.get('gdp');
    const good = definitionsToYaml(gdp === undefined ? [] : [gdp]);
    const files = {
      'a.yaml': good,
      'b.yaml': good,
      'c.yaml': good.replace('precision: 2', 'precision: two'),
    };
    expect(() => readShippedCatalogue(write(files))).toThrow(
      /b\.yaml: gdp: code is already defined in a\.yaml\nc\.yaml: gdp: precision: /,
    );
  });

  it('includes broken YAML and an empty directory', () => {
    expect(() => readShippedCatalogue(write({ 'a.yaml': '- code: [gdp' }))).toThrow(/a\.yaml: /);
    expect(() => readShippedCatalogue(write({}))).toThrow(/no metric definitions/);
  });
});

const SOURCE = join(process.cwd(), '../shared/domain/catalogue.csv');
const FREQUENCIES: Record<string, string> = {
  year: 'A',
  quarter: 'Q',
  month: 'M',
  day: 'D',
  hour: 'H',
  minute: 'N',
};
const SIGNS = { lt: '<', le: '<=', gt: '>', ge: '>=' };

describe.skipIf(!existsSync(SOURCE))('against the domain model it was written from', () => {
  const rows: Record<string, string>[] = existsSync(SOURCE)
    ? parse(readFileSync(SOURCE, 'utf8'), { columns: true, bom: true })
    : [];

  it('drops no column of any row', () => {
    expect(rows.map(toColumns)).toEqual(
      shipped.length === 0
        ? []
        : rows.map((row) => ({ ...fromDefinition(byCode.get(row.code ?? '')), ...settled(row) })),
    );
  });

  it('keeps every limit of the four-colour thresholds', () => {
    const simple = rows.filter((row) =>
      /^(default|std)\[[^\]]+\] [a-z]+(<|>|=)[^;]*$/.test(row.thresholds ?? ''),
    );
    expect(simple.length).toBeGreaterThan(90);
    for (const row of simple) {
      const wanted = (row.thresholds ?? '')
        .replace(/^.*?\] /, '')
        .replaceAll('%', '')
        .split('|')
        .map(normalNumber);
      const [set] = byCode.get(row.code ?? '')?.thresholds?.sets ?? [];
      const found = set?.rules.map((rule) => {
        if (rule.type === 'compare') return `${rule.colour}${SIGNS[rule.op]}${rule.limit}`;
        return rule.type === 'equals' ? `${rule.colour}=${rule.equals.join()}` : rule.type;
      });
      expect(found, row.code).toEqual(wanted);
    }
  });
});

/** Columns of the domain model that contradict each other there: what it says, where the definition decides otherwise. */
function settled(row: Record<string, string>): Record<string, string> {
  return Object.fromEntries((DIFFERS[row.code ?? ''] ?? []).map((column) => [column, row[column] ?? '']));
}

const DIFFERS: Readonly<Record<string, readonly string[]>> = {
  // Its text merges repeated requests, its formula does not: the text decides.
  hotline_requests: ['definition_zh', 'formula'],
  // The text counts confirmed and clinically diagnosed cases, the formula all of them.
  // Its threshold says EARS alone; calculus.md §25 names the unit and makes one case of a class A disease red.
  infectious_cases: ['formula', 'thresholds'],
  // The text counts what is not settled; a withdrawn or refused case is.
  service_overdue: ['formula'],
  // The text keeps one decimal of the province's mean.
  heavy_days: ['precision'],
  // The text lists settled items and approved plans apart, the formula and the only rate there is together.
  sup_1m_rate: ['definition_zh'],
};

function toColumns(row: Record<string, string>): Record<string, string> {
  return { ...row, frequency: FREQUENCIES[row.frequency ?? ''] ?? '' };
}

/** The columns of the domain model again, from a definition; structured forms by their text. */
function fromDefinition(definition: MetricDefinition | undefined): Record<string, string> {
  if (definition === undefined) return {};
  const weight = definition.rollup_weight;
  return {
    code: definition.code,
    name_zh: definition.name,
    name_en: definition.name_en,
    domain: definition.domain,
    kind: definition.kind,
    definition_zh: definition.definition,
    formula: definition.formula_text ?? '',
    unit: definition.unit,
    precision: String(definition.precision),
    frequency: definition.freq,
    accumulation: definition.accumulation,
    additive_over_regions: definition.additive_over_regions ? 'yes' : 'no',
    weight_for_rollup:
      weight === undefined
        ? ''
        : weight.by === 'equal'
          ? 'equal'
          : weight.by === 'denominator'
            ? `den:${weight.name}`
            : weight.formula.replaceAll(' ', ''),
    dims: definition.slices.join(','),
    direction: definition.direction,
    thresholds: definition.thresholds?.text ?? '',
    owner_department: definition.owner,
    source_system: definition.source_system,
    release_lag: definition.release.lag,
    level: definition.levels.join('/'),
    story: definition.story,
    yoy_rule: definition.yoy,
    mom_rule: definition.mom,
    period_rule: definition.period_rule,
    rollup_method: definition.rollup,
  };
}

function normalNumber(rule: string): string {
  return rule.replace(/-?\d+(\.\d+)?$/, (digits) => String(Number(digits)));
}
