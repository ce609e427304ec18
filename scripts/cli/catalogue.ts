import fs from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Domain } from '@/metrics/model/definition-vocabulary';
import { KINDS } from '@/metrics/model/definition-vocabulary';
import {
  REFERENCE_FORMATS,
  type ReferenceFormat,
  referenceFiles,
  referenceText,
} from '@/server/services/reference/export';
import { selectReference } from '@/server/services/reference/select';
import { catalogueCheckCommand } from './catalogue-check';
import { entriesFrom, fromOption, type Origin } from './catalogue-entries';
import { print } from './print';
import { domainList } from './token';

interface CatalogueOptions {
  format?: ReferenceFormat;
  out?: string;
  domain?: Domain[];
  code?: string[];
  kind?: (typeof KINDS)[number][];
  computable?: boolean;
  from?: Origin;
}

const FORMAT_OF: Readonly<Record<string, ReferenceFormat>> = {
  '.md': 'markdown',
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.json': 'json',
};

function kindList(text: string): (typeof KINDS)[number][] {
  return text.split(',').map((part) => {
    const found = KINDS.find((kind) => kind === part.trim());
    if (!found) throw new InvalidArgumentError(`kinds are ${KINDS.join(', ')}`);
    return found;
  });
}

export function catalogueCommand(): Command {
  const catalogue = new Command('catalogue')
    .description('The metric catalogue. Without a subcommand: print or export it.')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run catalogue -- --code gdp\n  npm run catalogue -- export --help\n  npm run catalogue -- check own.yaml',
    )
    .addCommand(catalogueCheckCommand());
  catalogue
    .command('export', { isDefault: true })
    .description('print or export it: definitions, formulas, rules, lineage up and down')
    .addOption(
      new Option('--format <format>', 'default: as --out is named, else markdown').choices(REFERENCE_FORMATS),
    )
    .option('--out <path>', 'a file, or a directory (existing, or with / at its end) for one file a domain')
    .option('--domain <domains>', 'only these domains, comma-separated', domainList)
    .option('--code <codes>', 'only these metrics, comma-separated', (text: string) =>
      text.split(',').map((code) => code.trim()),
    )
    .option('--kind <kinds>', `only these kinds, comma-separated (${KINDS.join(', ')})`, kindList)
    .option('--computable', 'only metrics that can have values with the datasets connected')
    .addOption(fromOption())
    .addHelpText(
      'after',
      '\nYAML reads back to the same definitions with the same hashes.\n\nExamples:\n  npm run catalogue -- --code gdp\n  npm run catalogue -- --out catalogue.md\n  npm run catalogue -- --format yaml --out exported/ --domain environment',
    )
    .action(async ({ format, out, domain, code, kind, computable, from }: CatalogueOptions) => {
      const reference = selectReference(await entriesFrom(from), {
        domains: domain,
        codes: code,
        kinds: kind,
        computable,
      });
      const as = format ?? FORMAT_OF[path.extname(out ?? '')] ?? 'markdown';
      if (out === undefined) return print(referenceText(reference, as));
      if (isDirectory(out)) {
        fs.mkdirSync(out, { recursive: true });
        for (const file of referenceFiles(reference, as))
          fs.writeFileSync(path.join(out, file.name), file.text);
      } else fs.writeFileSync(out, referenceText(reference, as));
      console.error(`${reference.entries.length} metrics written to ${out}`);
    });
  return catalogue;
}

function isDirectory(out: string): boolean {
  return out.endsWith('/') || (fs.existsSync(out) && fs.statSync(out).isDirectory());
}
