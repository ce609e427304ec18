import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const manifest = z.object({ version: z.string() });

/**
 * The version of the files in a directory: that of package.json and, in a clone, the commit. A process that wants to
 * know its own asks when it starts: the files may be replaced under it.
 */
export function versionOf(appRoot: string): string {
  const file = path.join(appRoot, 'package.json');
  const { version } = manifest.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  // Of an installation inside somebody else's repository the commit would say nothing.
  if (!fs.existsSync(path.join(appRoot, '.git'))) return version;
  try {
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: appRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return `${version} (${commit.trim()})`;
  } catch {
    return version;
  }
}
