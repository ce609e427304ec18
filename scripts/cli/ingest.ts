import fs from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import type { CommandHost, CommandResult } from '@/server/commands/client';
import { AppError } from '@/server/errors';
import { parseMapping } from '@/server/ingest/mapping';
import { showProgress, withHost } from './host';

const EXIT_ALL_REJECTED = 3;

interface IngestOptions {
  mapping?: string;
  mends?: string;
  demo?: true;
  rejects?: string;
}

export function ingestCommand(): Command {
  return new Command('ingest')
    .description('Load files of a dataset: CSV, NDJSON or JSON, plain or gzip, UTF-8 or GB18030.')
    .argument('<dataset>', 'e.g. official_figure, air_quality_hour, hotline_ticket')
    .argument('<files...>', 'one or more files, or - for standard input')
    .option('--mapping <file>', 'YAML file that says how foreign headers become our columns')
    .option('--mends <load>', 'id of the load whose rejected rows this file mends')
    .option('--rejects <file>', 'write the rejected rows into this CSV file, to be mended and sent again')
    .option('--demo', 'mark the rows as 演示数据')
    .addHelpText(
      'after',
      '\nThe same file twice changes nothing. Rejected rows are kept and do not stop the others; a file of which\nevery row was rejected ends the command with status 3.\n\nExamples:\n  npm run ingest -- official_figure figures.csv\n  npm run ingest -- air_quality_hour 2026-*.csv.gz --mapping air.yaml',
    )
    .action(async (dataset: string, files: string[], options: IngestOptions) => {
      const mapping = options.mapping ? parseMapping(readText(options.mapping)) : undefined;
      for (const file of files)
        if (file !== '-' && !fs.statSync(file, { throwIfNoEntry: false })?.isFile())
          throw new AppError('not_found', `${file} is no file`);
      await withHost(async (host) => {
        let brought = 0;
        for (const file of files) {
          showProgress({ step: path.basename(file) });
          const result = await host.call(
            'ingest',
            {
              dataset,
              fileName: file === '-' ? 'stdin' : path.basename(file),
              provenance: options.demo ? 'demo' : 'real',
              mapping,
              mendsLoadId: options.mends,
            },
            { body: file === '-' ? process.stdin : fs.createReadStream(file), onProgress: showProgress },
          );
          report(file, result);
          if (!result.alreadyLoaded) brought += result.accepted + result.corrected;
          // A scheduled command must notice when nothing of a file could be used.
          if (result.rejected > 0 && result.accepted + result.corrected + result.duplicate === 0)
            process.exitCode = EXIT_ALL_REJECTED;
          if (result.rejected > 0) await keepRejects(host, result.loadId, options.rejects);
        }
        if (host.kind === 'own' && brought > 0)
          console.log('no cockpit is running: metrics are computed at its next start, or by npm run compute');
      });
    });
}

function report(file: string, result: CommandResult<'ingest'>): void {
  const { accepted, corrected, duplicate, rejected, loadId } = result;
  const counts = `${n(accepted)} accepted, ${n(corrected)} corrected, ${n(duplicate)} duplicate, ${n(rejected)} rejected`;
  console.log(`${file}: ${result.alreadyLoaded ? 'already loaded; ' : ''}${counts}; load ${loadId}`);
  // What is wrong with a row as a whole has no column.
  for (const { row, column, reason } of result.rejects)
    console.log(`  row ${row}${column === '' ? '' : `, ${column}`}: ${reason}`);
  if (result.rejected > result.rejects.length)
    console.log(`  … and ${n(result.rejected - result.rejects.length)} more`);
}

/** Never writes over a file: several loads of one call each get their own. */
async function keepRejects(host: CommandHost, id: string, file: string | undefined): Promise<void> {
  if (file === undefined) {
    console.log(
      `  all of them: the load's page in /console, or --rejects <file>; mend and send with --mends ${id}`,
    );
    return;
  }
  const { text } = await host.call('load-rejects', { id });
  const target = fs.existsSync(file) ? `${file}.${id.slice(0, 8)}.csv` : file;
  fs.writeFileSync(target, text, { mode: 0o600 });
  console.log(`  rejected rows written to ${target}; mend them and send with --mends ${id}`);
}

function n(value: number): string {
  return value.toLocaleString('en');
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    throw new AppError('not_found', `${file} cannot be read`);
  }
}
