// npm test: installs what it needs, then runs every part and says which failed.
// Usage: npm test [-- part …]   parts: lint types layers unused size unit integration build e2e
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import { installPackages, root } from './install.mjs';

const PARTS = [
  { name: 'lint', run: ['npx', 'biome', 'ci', '.'] },
  { name: 'types', run: ['npm', 'run', '--silent', 'types'] },
  { name: 'layers', run: ['npm', 'run', '--silent', 'layers'] },
  { name: 'unused', run: ['npx', 'knip'] },
  { name: 'size', run: ['node', 'scripts/gates/file-size.mjs'] },
  { name: 'unit', run: ['npx', 'vitest', 'run', '--project', 'unit', '--coverage'] },
  { name: 'integration', run: ['npx', 'vitest', 'run', '--project', 'integration'] },
  { name: 'build', run: ['npm', 'run', '--silent', 'build'] },
  { name: 'e2e', run: ['npx', 'playwright', 'test'], needs: 'build', browser: true },
];

const wanted = process.argv.slice(2);
if (wanted.includes('--help') || wanted.includes('-h')) {
  console.log(`Usage: npm test [-- part …]

Installs what it needs and runs every part, or those named: ${PARTS.map((part) => part.name).join(' ')}.
Says at the end which failed. e2e needs a build: name it before (npm test -- build e2e).`);
  process.exit(0);
}
const unknown = wanted.filter((name) => !PARTS.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(`unknown part ${unknown.join(', ')}; parts: ${PARTS.map((part) => part.name).join(' ')}`);
  process.exit(2);
}
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', npm_config_update_notifier: 'false' };
const outcomes = [];

const E2E_PORT = 3517;
if ((wanted.length === 0 || wanted.includes('e2e')) && !(await isFree(E2E_PORT))) {
  console.error(`e2e needs port ${E2E_PORT}, which is taken: stop what listens there`);
  process.exit(2);
}
installPackages();
for (const part of PARTS) {
  if (wanted.length > 0 && !wanted.includes(part.name)) continue;
  const started = Date.now();
  console.log(`\n━━ ${part.name}`);
  let ok = true;
  if (part.needs && outcomes.some((outcome) => outcome.name === part.needs && !outcome.ok)) {
    console.log(`not run: ${part.needs} failed`);
    ok = false;
  } else if (part.browser && !ensureChromium()) {
    ok = false;
  } else {
    const [command, ...args] = part.run;
    ok = spawnSync(command, args, { cwd: root, stdio: 'inherit', env }).status === 0;
  }
  outcomes.push({ name: part.name, ok, seconds: Math.round((Date.now() - started) / 1000) });
}

console.log('\n━━ result');
for (const { name, ok, seconds } of outcomes) console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
const failed = outcomes.filter((outcome) => !outcome.ok).length;
console.log(`parts: ${outcomes.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

/** Asked before everything else: the browser tests come last, after many minutes. */
function isFree(port) {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** The browser tests drive Debian's chromium; a test tool's own browser download is no choice behind a closed network. */
function ensureChromium() {
  if (fs.existsSync(process.env.CHROMIUM_PATH ?? '/usr/bin/chromium')) return true;
  if (process.getuid?.() !== 0) {
    console.error(
      'chromium is missing: run "sudo apt-get install chromium fonts-noto-cjk", or set CHROMIUM_PATH',
    );
    return false;
  }
  const apt = (...args) =>
    spawnSync('apt-get', args, { stdio: 'inherit', env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } })
      .status === 0;
  return (
    apt('update', '-qq') &&
    apt('install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk')
  );
}
