import path from 'node:path';
import { Command } from 'commander';
import { readEnv } from '@/server/env';
import { clearProgress, showProgress, withHost } from './host';

export function backupCommands(): Command[] {
  const backup = new Command('backup')
    .description('Copy both embedded stores into a new directory; a running cockpit goes on working.')
    .argument('<directory>', 'where to; must not exist or be empty')
    .addHelpText('after', '\nExample:\n  npm run backup -- /var/backups/yiping-$(date +%F)')
    .action(async (directory: string) => {
      const done = await withHost((host) =>
        host.call('backup', { directory: path.resolve(directory) }, { onProgress: showProgress }),
      );
      const rows = Object.values(done.warehouse.rows).reduce((sum, table) => sum + table.most, 0);
      console.log(
        `backed up to ${done.directory}: ${Object.keys(done.tables).length} database tables, ${rows.toLocaleString('en')} warehouse rows`,
      );
    });
  const restoreCommand = new Command('restore')
    .description('Fill an empty DATA_DIR from a backup. No cockpit may run on it.')
    .argument('<directory>', 'a directory that npm run backup has made')
    .addHelpText(
      'after',
      '\nExample:\n  DATA_DIR=/srv/yiping npm run restore -- /var/backups/yiping-2026-11-23',
    )
    .action(async (directory: string) => {
      const { restore } = await import('@/server/commands/restore');
      const env = readEnv();
      const manifest = await restore(env, path.resolve(directory), showProgress);
      clearProgress();
      console.log(`restored the backup of ${manifest.createdAt} into ${env.dataDir}; counts agree`);
    });
  return [backup, restoreCommand];
}
