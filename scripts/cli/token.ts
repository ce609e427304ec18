import { Command, InvalidArgumentError, Option } from 'commander';
import { DOMAINS } from '@/metrics/model/definition-vocabulary';
import { ROLES } from '@/server/context';
import { withHost } from './host';

export function regionList(text: string): number[] {
  const codes = text.split(',').map((part) => Number(part.trim()));
  if (codes.some((code) => !Number.isInteger(code)))
    throw new InvalidArgumentError('expected GB/T 2260 codes, e.g. 140000 or 140100,140200');
  return codes;
}

export function domainList(text: string): (typeof DOMAINS)[number][] {
  return text.split(',').map((part) => {
    const found = DOMAINS.find((domain) => domain === part.trim());
    if (!found) throw new InvalidArgumentError(`domains are ${DOMAINS.join(', ')}`);
    return found;
  });
}

export function positiveInteger(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('expected a positive whole number');
  return n;
}

export const roleOption = () => new Option('--role <role>', 'role').choices(ROLES).makeOptionMandatory();

interface CreateOptions {
  role: (typeof ROLES)[number];
  regions: number[];
  domains?: (typeof DOMAINS)[number][];
  name: string;
  days?: number;
}

export function tokenCommand(): Command {
  const token = new Command('token')
    .description('Bearer tokens of the REST API. Without a subcommand: create one.')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run token -- --role operator --regions 140000\n  npm run token -- list\n  npm run token -- revoke <id>',
    );
  token
    .command('create', { isDefault: true })
    .description('make a token and print it, once')
    .addOption(roleOption())
    .option('--regions <codes>', 'GB/T 2260 codes that it may see, comma-separated', regionList, [140000])
    .option('--domains <domains>', 'domains that it may see, comma-separated (default: all)', domainList)
    .option('--name <name>', 'what it is for', 'command line')
    .option('--days <n>', 'valid for so many days (default: until revoked)', positiveInteger)
    .action(async ({ role, regions, domains, name, days }: CreateOptions) => {
      const made = await withHost((host) =>
        host.call('token-create', { role, regions, domains: domains ?? null, name, validDays: days }),
      );
      console.log(made.token);
      console.error(
        `id ${made.id}; ${made.expiresAt ? `valid until ${made.expiresAt}` : 'valid until revoked'}`,
      );
    });
  token
    .command('list')
    .description('show the tokens there are')
    .action(async () => {
      for (const row of await withHost((host) => host.call('token-list', {})))
        console.log(
          [row.id, row.role, row.regions.join(','), row.revokedAt ? 'revoked' : 'valid', row.name].join('\t'),
        );
    });
  token
    .command('revoke <id>')
    .description('refuse a token from now on')
    .action(async (id: string) => {
      await withHost((host) => host.call('token-revoke', { id }));
      console.log(`revoked ${id}`);
    });
  return token;
}
