// Installs the packages when they are missing or the lock file has changed since. Plain Node: nothing is installed yet.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const stamp = path.join(root, 'node_modules', '.yiping-lock-hash');

/** Not `npm ci`: a lock file written behind some registries lacks optional packages of other platforms. */
export function installPackages() {
  const lock = createHash('sha256')
    .update(fs.readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === lock) return false;
  const result = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  if (result.status !== 0) throw new Error(`npm install failed (${result.status ?? result.signal})`);
  const after = createHash('sha256')
    .update(fs.readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  fs.writeFileSync(stamp, after);
  return true;
}
