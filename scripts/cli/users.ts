import { Command } from 'commander';
import type { DOMAINS } from '@/metrics/model/definition-vocabulary';
import type { ROLES } from '@/server/context';
import { withHost } from './host';
import { domainList, regionList, roleOption } from './token';

interface CreateOptions {
  role: (typeof ROLES)[number];
  name?: string;
  regions: number[];
  domains?: (typeof DOMAINS)[number][];
}

export function usersCommand(): Command {
  const users = new Command('users')
    .description('Accounts of people.')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run users -- create zhangsan --role analyst\n  npm run users -- reset admin',
    );
  users
    .command('create <username>')
    .description('make an account and print its password, once')
    .addOption(roleOption())
    .option('--name <name>', 'name on screen (default: the user name)')
    .option(
      '--regions <codes>',
      'GB/T 2260 codes that the person may see, comma-separated',
      regionList,
      [140000],
    )
    .option('--domains <domains>', 'domains that the person may see (default: all)', domainList)
    .action(async (username: string, { role, name, regions, domains }: CreateOptions) => {
      const made = await withHost((host) =>
        host.call('users-create', {
          username,
          name: name ?? username,
          role,
          regions,
          domains: domains ?? null,
        }),
      );
      console.log(`${made.username}\t${made.generatedPassword ?? ''}`);
    });
  users
    .command('list')
    .description('show the accounts there are')
    .action(async () => {
      for (const row of await withHost((host) => host.call('users-list', {})))
        console.log([row.username, row.role, row.regions.join(','), row.state, row.name].join('\t'));
    });
  users
    .command('reset <username>')
    .description('give a new password, print it once, end the open sessions')
    .action(async (username: string) => {
      const made = await withHost((host) => host.call('users-reset', { username }));
      console.log(`${made.username}\t${made.generatedPassword ?? ''}`);
    });
  for (const [verb, disabled] of [
    ['disable', true],
    ['enable', false],
  ] as const)
    users
      .command(`${verb} <username>`)
      .description(disabled ? 'refuse the account and end its sessions' : 'admit a disabled account again')
      .action(async (username: string) => {
        await withHost((host) => host.call('users-disable', { username, disabled }));
        console.log(`${verb}d ${username}`);
      });
  users
    .command('unlock <username>')
    .description('lift the lock that wrong passwords put on the name')
    .action(async (username: string) => {
      await withHost((host) => host.call('users-unlock', { username }));
      console.log(`unlocked ${username}`);
    });
  return users;
}
