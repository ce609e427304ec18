// npm run demo: installs, builds, starts the cockpit and fills it with published figures and generated data (演示数据).
// A second start finds everything done and takes seconds. Settings: PORT (3000), HOST (0.0.0.0), DATA_DIR (.data).
import { installPackages } from './install.mjs';
import {
  address,
  assertStartable,
  buildIfChanged,
  dataDir,
  helpAsked,
  runCli,
  startNext,
  stopOnSignals,
  whenHealthy,
} from './serve.mjs';

helpAsked(`Usage: npm run demo

Installs the packages and builds when needed, starts the cockpit and seeds empty stores with published figures and
generated demo data; keeps delivering the newest hour. Ctrl-C stops it. A second start seeds nothing again.`);

const startedAt = Date.now();
const step = (text) =>
  console.log(`[${String(Math.round((Date.now() - startedAt) / 1000)).padStart(3)} s] ${text}`);

stopOnSignals();
await assertStartable();
step('packages');
installPackages();
step('build');
if (!buildIfChanged()) step('nothing changed since the last build');
step(`start on ${dataDir}`);

/** Lines "  name  password  title": the cockpit prints the first administrator, the seeding one account a role. */
const accounts = [];
const watchAccounts = (line) => {
  const found = /^(?:account|\s{1,4})\s*([a-z][a-z0-9._-]{2,31})\s+([A-Za-z0-9]{16})\s+(\S+)$/.exec(line);
  if (found) accounts.push(found.slice(1));
  // At once too: a stop while seeding would lose what is shown only once.
  console.log(line);
};
startNext('start', watchAccounts);
await whenHealthy();
step('data');
const code = await runCli(['seed', '--accounts'], { onLine: watchAccounts });
if (code !== 0) console.error('yiping: seeding did not finish; the next start goes on with it');

step('ready');
console.log(`\n  Open ${address}  打开 ${address}\n`);
if (accounts.length > 0) {
  console.log('  Accounts, shown this once  账号(仅显示这一次):');
  for (const [name, password, title] of accounts)
    console.log(`    ${name.padEnd(10)} ${password.padEnd(18)} ${title}`);
} else {
  console.log('  Accounts were shown at the first start  账号在首次启动时已显示');
  console.log('  Forgotten?  忘记密码: npm run users -- reset <name>');
}
console.log('\n  Ctrl-C stops it  按 Ctrl-C 停止\n');
if (code === 0) void runCli(['seed', '--feed'], { onLine: () => undefined });
