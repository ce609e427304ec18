// npm start: the cockpit for real use, without demo data; builds when a source changed. The first start prints the
// administrator's password once, unless ADMIN_PASSWORD sets it.
import {
  address,
  assertStartable,
  buildIfChanged,
  helpAsked,
  startNext,
  stopOnSignals,
  whenHealthy,
} from './serve.mjs';

helpAsked(`Usage: npm start

Builds when a source changed and starts the cockpit for real use, without demo data. The first start prints the
administrator's password once, unless ADMIN_PASSWORD sets it. Ctrl-C stops it.`);
stopOnSignals();
await assertStartable();
buildIfChanged();
startNext('start');
await whenHealthy();
console.log(`Open ${address}`);
