import { stringify } from 'yaml';
import type { MetricDefinition } from './definition';
import { type MemberProblem, type ProblemKind, readEntry } from './definition-problem';
import { readYaml, YamlError, type YamlText } from './safe-yaml';
import type { Place } from './yaml-place';

/** A definition that is not one: which entry, which member, why. */
export interface DefinitionProblem {
  kind: ProblemKind;
  /** Position in the file's list, from 0; −1 when the file itself is wrong. */
  index: number;
  /** Code of the entry if it has one. */
  code?: string;
  /** Member, e.g. `thresholds.sets.0.measure`. */
  path: string;
  message: string;
  proposal?: string;
  /** Of the member; of one that is not there, of what it should stand in. */
  place: Place;
}

export interface ParsedDefinitions {
  definitions: MetricDefinition[];
  problems: DefinitionProblem[];
  /**
   * Where a member (`parts.2.metric`) of one of the definitions stands; `startIndex` is a place inside its text. Of a
   * member that is not written: where what it belongs to stands.
   */
  placeOf(definition: MetricDefinition, path: string, startIndex?: number): Place;
}

const START: Place = { line: 1, column: 1 };

/** Reads a YAML list of definitions, or one alone; never throws, every problem of every entry is reported. */
export function definitionsFromYaml(text: string): ParsedDefinitions {
  const nothing = { definitions: [], placeOf: () => START };
  let yaml: YamlText;
  try {
    yaml = readYaml(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return {
      ...nothing,
      problems: error.problems.map((one) => ({ kind: 'yaml_syntax', index: -1, path: '', ...one })),
    };
  }
  const { value, places } = yaml;
  if (typeof value !== 'object' || value === null) {
    const message = '应为口径的列表,或单独一条口径';
    const place = places.of([]);
    return { ...nothing, problems: [{ kind: 'no_definition', index: -1, path: '', message, place }] };
  }
  return Array.isArray(value)
    ? readEntries(value, yaml, (index) => [index])
    : readEntries([value], yaml, () => []);
}

function readEntries(
  entries: readonly unknown[],
  { places }: YamlText,
  pathOf: (index: number) => number[],
): ParsedDefinitions {
  const definitions: MetricDefinition[] = [];
  const problems: DefinitionProblem[] = [];
  const indexOf = new Map<MetricDefinition, number>();
  const located = (problem: MemberProblem, index: number): DefinitionProblem => {
    const path = [...pathOf(index), ...problem.path];
    return {
      ...problem,
      index,
      code: codeOf(entries[index]),
      path: problem.path.join('.'),
      place: problem.kind === 'unknown_member' ? places.ofName(path) : places.of(path),
    };
  };
  entries.forEach((entry, index) => {
    const read = readEntry(entry);
    if ('problems' in read) problems.push(...read.problems.map((problem) => located(problem, index)));
    else {
      definitions.push(read.definition);
      indexOf.set(read.definition, index);
    }
  });
  return {
    definitions,
    problems,
    placeOf: (definition, path, startIndex) => {
      const index = indexOf.get(definition);
      if (index === undefined) return START;
      return places.of([...pathOf(index), ...(path === '' ? [] : path.split('.'))], startIndex);
    },
  };
}

/** Writes definitions as YAML that reads back to the same definitions (and so to the same hashes). */
export function definitionsToYaml(definitions: readonly MetricDefinition[]): string {
  return stringify(definitions, { lineWidth: 0, aliasDuplicateObjects: false });
}

function codeOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null || !('code' in entry)) return undefined;
  return typeof entry.code === 'string' ? entry.code : undefined;
}
