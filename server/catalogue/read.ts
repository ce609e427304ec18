import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MetricDefinition } from '@/metrics/model/definition';
import { type DefinitionProblem, definitionsFromYaml } from '@/metrics/model/definition-yaml';
import { AppError } from '@/server/errors';

/** Every command and the server start in the repository's root; a bundle's own place says nothing about it. */
function shippedDirectory(): string {
  return join(process.cwd(), 'metrics', 'catalogue');
}

/**
 * Reads the shipped definitions, files in name order. Throws one AppError that lists every problem as
 * `file: entry code: member: reason`; a code in two places is a problem too.
 */
export function readShippedCatalogue(dir: string = shippedDirectory()): MetricDefinition[] {
  const files = readdirSync(/* turbopackIgnore: true */ dir)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  if (files.length === 0)
    throw new AppError('internal', `no metric definitions (*.yaml) in ${dir}`, { place: dir });
  const definitions: MetricDefinition[] = [];
  const problems: string[] = [];
  const fileOf = new Map<string, string>();
  for (const file of files) {
    const parsed = definitionsFromYaml(readFileSync(/* turbopackIgnore: true */ `${dir}/${file}`, 'utf8'));
    problems.push(...parsed.problems.map((problem) => `${file}: ${textOf(problem)}`));
    for (const definition of parsed.definitions) {
      const earlier = fileOf.get(definition.code);
      if (earlier !== undefined)
        problems.push(`${file}: ${definition.code}: code is already defined in ${earlier}`);
      fileOf.set(definition.code, file);
      definitions.push(definition);
    }
  }
  if (problems.length > 0) {
    throw new AppError('bad_input', `the metric catalogue cannot be read:\n${problems.join('\n')}`, {
      place: dir,
      details: problems,
    });
  }
  return definitions;
}

function textOf(problem: DefinitionProblem): string {
  const entry = problem.code ?? (problem.index >= 0 ? `entry ${problem.index + 1}` : undefined);
  return [entry, problem.path || undefined, problem.message].filter((part) => part !== undefined).join(': ');
}
