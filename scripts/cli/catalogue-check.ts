import fs from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { AppError } from '@/server/errors';
import {
  checkDefinitions,
  type DefinitionChange,
  type DefinitionCheck,
  type DefinitionFile,
  type PlacedFinding,
} from '@/server/services/definitions/check';
import { entriesFrom, fromOption, type Origin } from './catalogue-entries';
import { print } from './print';

const EXIT_WRONG = 1;

interface CheckOptions {
  format: 'text' | 'json';
  from?: Origin;
}

export function catalogueCheckCommand(): Command {
  return new Command('check')
    .description(
      'Judge definitions before they are published: what is wrong, where, and what they would change.',
    )
    .argument('<files...>', 'YAML files with a list of definitions or one alone, or - for standard input')
    .addOption(fromOption())
    .addOption(
      new Option('--format <format>', 'for people, or for tools').choices(['text', 'json']).default('text'),
    )
    .addHelpText(
      'after',
      '\nA code that exists is a change of it; what it breaks in metrics made of it is found, too. Definitions in several\nfiles see each other. Nothing is written. The status is 1 when there are errors.\n\nExamples:\n  npm run catalogue -- check own/*.yaml\n  npm run catalogue -- check --format json - < gdp.yaml',
    )
    .action(async (names: string[], { format, from }: CheckOptions) => {
      const files = await Promise.all(names.map(readFile));
      const check = checkDefinitions(files, await entriesFrom(from));
      const counted = { ...countsOf(check), ...check };
      await print(format === 'json' ? `${JSON.stringify(counted, null, 2)}\n` : textOf(check));
      if (counted.errors > 0) process.exitCode = EXIT_WRONG;
    });
}

async function readFile(name: string): Promise<DefinitionFile> {
  if (name !== '-' && !fs.statSync(name, { throwIfNoEntry: false })?.isFile())
    throw new AppError('not_found', `${name} is no file`);
  const shown = name === '-' ? 'stdin' : name;
  const bytes = name === '-' ? await buffer(process.stdin) : fs.readFileSync(name);
  try {
    return { name: shown, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    throw new AppError('bad_input', `${shown} is not UTF-8 text`);
  }
}

function countsOf({ findings }: DefinitionCheck): { errors: number; warnings: number } {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: findings.length - errors };
}

function textOf(check: DefinitionCheck): string {
  const { errors, warnings } = countsOf(check);
  const blocks = [
    ...check.findings.map(findingText),
    ...check.changes.map(changeText),
    `${check.definitions} 条口径,${errors} 处错误,${warnings} 处提醒`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function findingText(finding: PlacedFinding): string {
  const { file, line, column, severity, code, definition, metric, path, message, proposal } = finding;
  const member = metric === definition ? path : `${metric}.${path}`;
  return [
    [`${file}:${line}:${column}`, severity === 'error' ? '错误' : '提醒', code, member]
      .filter(Boolean)
      .join('  '),
    `  ${message}`,
    ...(proposal === undefined ? [] : [`  建议:${proposal}`]),
  ].join('\n');
}

function changeText({ code, name, version, changesNumbers, differences }: DefinitionChange): string {
  if (version === null) return `${code}(${name}):新指标`;
  return [
    `${code}(${name}):在第 ${version} 版上改 ${differences.length} 项,${changesNumbers ? '数值的含义或算法有变' : '不影响数值'}`,
    ...differences.map(({ member, before, after }) => `  ${member}:${shown(before)} → ${shown(after)}`),
  ].join('\n');
}

function shown(words: string | null): string {
  return words === null ? '无' : words.replaceAll('\n', ';');
}
