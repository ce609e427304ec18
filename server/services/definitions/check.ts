import { countsAlike } from '@/metrics/model/counting';
import type { MetricDefinition } from '@/metrics/model/definition';
import { definitionsFromYaml, type ParsedDefinitions } from '@/metrics/model/definition-yaml';
import type { Place } from '@/metrics/model/yaml-place';
import type { Finding } from '@/metrics/validate/rule';
import { validateChanges } from '@/metrics/validate/validate';
import { allContracts } from '@/server/datasets/registry';
import { differencesOf, type MemberDifference } from '@/server/services/definitions/differences';
import type { ReferenceEntry } from '@/server/services/reference/read';

export interface DefinitionFile {
  name: string;
  /** YAML: a list of definitions, or one alone. */
  text: string;
}

/** What is wrong, and where in the files. */
export interface PlacedFinding extends Place {
  file: string;
  severity: Finding['severity'];
  code: string;
  /** Code of the entry at the place; null where it has none. */
  definition: string | null;
  /** The metric that it is wrong with: of one that the entry newly breaks, that one. */
  metric: string | null;
  path: string;
  message: string;
  proposal?: string;
}

/** What an entry means beside the definition in force. */
export interface DefinitionChange {
  code: string;
  name: string;
  /** The version that it changes; null: the code is new. */
  version: number | null;
  /** Whether the numbers are other ones, or named, shown and judged otherwise alone. */
  changesNumbers: boolean;
  differences: MemberDifference[];
}

export interface DefinitionCheck {
  /** Entries of the files, readable or not. */
  definitions: number;
  /** File by file, from top to bottom. */
  findings: PlacedFinding[];
  /** Entries that say what is in force are left out. */
  changes: DefinitionChange[];
}

interface ReadFile extends ParsedDefinitions {
  name: string;
}

/** Judges what files define in the light of one another and of what is registered, with the connected datasets. */
export function checkDefinitions(
  files: readonly DefinitionFile[],
  registered: readonly ReferenceEntry[],
): DefinitionCheck {
  const read: ReadFile[] = files.map(({ name, text }) => ({ name, ...definitionsFromYaml(text) }));
  const fileOf = new Map(read.flatMap((file) => file.definitions.map((one) => [one, file] as const)));
  const changed = [...fileOf.keys()];
  const others = registered.map(({ definition }) => definition);
  const unreadable = new Set(read.flatMap(({ problems }) => problems.flatMap(({ code }) => code ?? [])));
  const judged = validateChanges(changed, others, allContracts()).map((findings) =>
    findings.filter((finding) => !unreadable.has(missingCode(finding, changed) ?? '')),
  );
  const placed = [
    ...read.flatMap(problemsOf),
    ...changed.flatMap((definition, index) => {
      const file = fileOf.get(definition) as ReadFile;
      return (judged[index] ?? []).map((finding) =>
        place(finding, definition, file, () => firstPlaceOf(definition.code, fileOf)),
      );
    }),
  ];
  const names = files.map(({ name }) => name);
  return {
    definitions: read.reduce((sum, file) => sum + entriesOf(file), 0),
    findings: placed.sort(
      (a, b) => names.indexOf(a.file) - names.indexOf(b.file) || a.line - b.line || a.column - b.column,
    ),
    changes: changesOf(changed, registered),
  };
}

function entriesOf({ definitions, problems }: ParsedDefinitions): number {
  return definitions.length + new Set(problems.map(({ index }) => index).filter((index) => index >= 0)).size;
}

function problemsOf({ name, problems }: ReadFile): PlacedFinding[] {
  return problems.map(({ kind, code = null, path, message, proposal, place: { line, column } }) => ({
    ...{
      file: name,
      line,
      column,
      severity: 'error',
      code: kind,
      definition: code,
      metric: code,
      path,
      message,
    },
    ...(proposal !== undefined && { proposal }),
  }));
}

function place(
  { severity, code, metric, path, message, proposal, span }: Finding,
  definition: MetricDefinition,
  file: ReadFile,
  firstPlace: () => string,
): PlacedFinding {
  // What it breaks elsewhere is written in no file: it is shown where the change begins.
  const isOwn = metric === definition.code;
  return {
    file: file.name,
    ...(isOwn ? file.placeOf(definition, path, span?.start) : file.placeOf(definition, '')),
    severity,
    code,
    definition: definition.code,
    metric,
    path,
    message: code === 'duplicate_code' ? `${message},见 ${firstPlace()}` : message,
    ...(proposal !== undefined && { proposal }),
  };
}

function firstPlaceOf(code: string, fileOf: ReadonlyMap<MetricDefinition, ReadFile>): string {
  for (const [definition, file] of fileOf) {
    if (definition.code !== code) continue;
    const { line, column } = file.placeOf(definition, 'code');
    return `${file.name}:${line}:${column}`;
  }
  return '';
}

/** The code that a finding misses: an entry that cannot be read yet is there all the same. */
function missingCode(
  { code, metric, path, span }: Finding,
  changed: readonly MetricDefinition[],
): string | undefined {
  if (code !== 'unknown_name') return undefined;
  let member: unknown = changed.find((definition) => definition.code === metric);
  for (const step of path.split('.')) member = (member as Record<string, unknown> | undefined)?.[step];
  return typeof member === 'string' ? member.slice(span?.start, span?.end) : undefined;
}

function changesOf(
  changed: readonly MetricDefinition[],
  registered: readonly ReferenceEntry[],
): DefinitionChange[] {
  const inForce = new Map(registered.map((entry) => [entry.definition.code, entry]));
  const names = new Map(
    [...registered.map((one) => one.definition), ...changed].map((d) => [d.code, d.name]),
  );
  return changed.flatMap((definition): DefinitionChange[] => {
    const { code, name } = definition;
    const entry = inForce.get(code);
    if (!entry) return [{ code, name, version: null, changesNumbers: true, differences: [] }];
    const differences = differencesOf(entry.definition, definition, (one) => names.get(one) ?? one);
    if (differences.length === 0) return [];
    const changesNumbers = !countsAlike(entry.definition, definition);
    return [{ code, name, version: entry.version, changesNumbers, differences }];
  });
}
