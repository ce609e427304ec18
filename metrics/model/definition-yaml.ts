import { stringify } from 'yaml';
import type { z } from 'zod';
import { type MetricDefinition, metricDefinitionSchema } from './definition';
import { parseYaml } from './safe-yaml';

/** A definition that is not one: which entry, which member, why. */
export interface DefinitionProblem {
  /** Position in the file's list, from 0; −1 when the file itself is wrong. */
  index: number;
  /** Code of the entry if it has one. */
  code?: string;
  /** Member, e.g. `thresholds.sets.0.measure`. */
  path: string;
  message: string;
}

export interface ParsedDefinitions {
  definitions: MetricDefinition[];
  problems: DefinitionProblem[];
}

/** Reads a YAML list of definitions; never throws, every problem of every entry is reported. */
export function definitionsFromYaml(text: string): ParsedDefinitions {
  let raw: unknown;
  try {
    raw = parseYaml(text);
  } catch (error) {
    return {
      definitions: [],
      problems: [{ index: -1, path: '', message: error instanceof Error ? error.message : String(error) }],
    };
  }
  if (!Array.isArray(raw)) {
    return {
      definitions: [],
      problems: [{ index: -1, path: '', message: 'expected a list of definitions' }],
    };
  }
  const definitions: MetricDefinition[] = [];
  const problems: DefinitionProblem[] = [];
  raw.forEach((entry: unknown, index) => {
    const result = metricDefinitionSchema.safeParse(entry);
    if (result.success) definitions.push(result.data);
    else problems.push(...problemsOf(result.error, index, codeOf(entry)));
  });
  return { definitions, problems };
}

/** Writes definitions as YAML that reads back to the same definitions (and so to the same hashes). */
export function definitionsToYaml(definitions: readonly MetricDefinition[]): string {
  return stringify(definitions, { lineWidth: 0, aliasDuplicateObjects: false });
}

function problemsOf(error: z.ZodError, index: number, code: string | undefined): DefinitionProblem[] {
  return error.issues.map((issue) => ({
    index,
    code,
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }));
}

function codeOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null || !('code' in entry)) return undefined;
  return typeof entry.code === 'string' ? entry.code : undefined;
}
