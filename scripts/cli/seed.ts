import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { HOUR_MS, MINUTE_MS } from '@/metrics/time/zone';
import { feedDemo, seedDemo } from '@/seed/run';
import type { CommandHost } from '@/server/commands/client';
import { withHost } from './host';
import { positiveInteger } from './token';

/** A live source delivers some minutes after the hour. */
const DELIVERY_MS = 6 * MINUTE_MS;

interface SeedOptions {
  seed: number;
  days?: number;
  accounts?: true;
  feed?: true;
}

export function seedCommand(): Command {
  return new Command('seed')
    .description(
      'Fill an empty installation with the published figures and with generated demo data (演示数据).',
    )
    .option('--seed <n>', 'seed number: the same number gives the same data', positiveInteger, 1)
    .option('--days <n>', 'days of generated data, for a quick trial (400)', positiveInteger)
    .option('--accounts', 'make one demo account a role and print the passwords, once')
    .option('--feed', 'stay and deliver the newest hour, every hour')
    .addHelpText(
      'after',
      '\nAn installation that was seeded before is left as it is. A killed seeding goes on.',
    )
    .action(async ({ seed, days, accounts, feed }: SeedOptions) => {
      await withHost(
        async (host) => {
          await fill(host, seed, days);
          if (accounts) await printAccounts(host);
          if (feed) await feedForEver(host);
        },
        { mayFound: true },
      );
    });
}

async function fill(host: CommandHost, seed: number, days: number | undefined): Promise<void> {
  const startedMs = performance.now();
  const result = await seedDemo(host, {
    seed,
    ...(days !== undefined && { days }),
    nowMs: Date.now(),
    onProgress: ({ step, rows, seconds, idle }) => {
      const done = idle ? 'computed already'.padStart(15) : `${rows.toLocaleString('en').padStart(10)} rows`;
      console.log(`  ${step.padEnd(20)} ${done} ${seconds.toFixed(1).padStart(6)} s`);
    },
  });
  console.log(
    result.seeded
      ? `seeded ${result.rows.toLocaleString('en')} rows in ${((performance.now() - startedMs) / 1000).toFixed(0)} s`
      : 'seeded before: nothing to do',
  );
}

async function printAccounts(host: CommandHost): Promise<void> {
  for (const { username, password, roleTitle } of await host.call('demo-accounts', {}))
    console.log(`account ${username.padEnd(10)} ${(password ?? '').padEnd(18)} ${roleTitle}`);
}

async function feedForEver(host: CommandHost): Promise<never> {
  for (;;) {
    const now = Date.now();
    try {
      await feedDemo(host, now - DELIVERY_MS);
    } catch (error) {
      // The cockpit may be restarting; the next round brings what is missing.
      console.error(`demo feed: ${error instanceof Error ? error.message : String(error)}`);
    }
    const next = Math.floor((now - DELIVERY_MS) / HOUR_MS + 1) * HOUR_MS + DELIVERY_MS;
    await sleep(Math.max(next - Date.now(), MINUTE_MS));
  }
}
