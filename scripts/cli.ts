import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { EnvError } from '@/server/env';
import { isAppError } from '@/server/errors';
import { messageOf as redactedMessageOf } from '@/server/redacted';
import { backupCommands } from './cli/backup';
import { catalogueCommand } from './cli/catalogue';
import { computeCommand } from './cli/compute';
import { ingestCommand } from './cli/ingest';
import { seedCommand } from './cli/seed';
import { tokenCommand } from './cli/token';
import { usersCommand } from './cli/users';

/**
 * The maintenance commands: `npm run ingest | compute | catalogue | backup | restore | token | users | seed`. Exit code 0: done;
 * 1: refused or failed, with one line that says why, or definitions checked that have errors; 2: wrong usage; 3: every row of
 * a file was rejected.
 */
const program = new Command('yiping')
  .description(
    'Maintenance of a Yiping cockpit. Works through a running cockpit, or on the stores in DATA_DIR.',
  )
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });

program.addCommand(ingestCommand());
program.addCommand(computeCommand());
program.addCommand(catalogueCommand());
program.addCommand(seedCommand());
program.addCommand(tokenCommand());
program.addCommand(usersCommand());
for (const command of backupCommands()) program.addCommand(command);
throwInsteadOfExit(program);
sayAsTyped(program);

try {
  await program.parseAsync();
  process.exit(process.exitCode ?? 0);
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2);
  console.error(`yiping: ${messageOf(error)}`);
  process.exit(1);
}

/** Options are checked by the subcommand they belong to, which has its own way to leave. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const sub of command.commands) throwInsteadOfExit(sub);
}

/** A command is typed behind `npm run`, and what npm must pass on behind `--`. */
function sayAsTyped(command: Command): void {
  command.configureHelp({
    commandUsage: (shown) => {
      const names: string[] = [];
      for (let one: Command | null = shown; one?.parent; one = one.parent) names.unshift(one.name());
      const [script = '<command>', ...sub] = names;
      return ['npm run', script, '--', ...sub, shown.usage()].join(' ');
    },
  });
  for (const sub of command.commands) sayAsTyped(sub);
}

function messageOf(error: unknown): string {
  if (isAppError(error)) return error.place ? `${error.message} (${error.place})` : error.message;
  if (error instanceof EnvError) return error.message;
  if (error instanceof z.ZodError) {
    const issue = error.issues[0];
    return `${issue?.message ?? 'bad input'} (${issue?.path.join('.')})`;
  }
  const text = redactedMessageOf(error);
  return (text.split('\n')[0] ?? text).slice(0, 400);
}
