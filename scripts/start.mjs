// npm start: the cockpit for real use, without demo data; builds when a source changed. The first start prints the
// administrator's password once, unless ADMIN_PASSWORD sets it.
import { address, assertStartable, buildIfChanged, startNext, stopOnSignals, whenHealthy } from './serve.mjs';

stopOnSignals();
await assertStartable();
buildIfChanged();
startNext('start');
await whenHealthy();
console.log(`Open ${address}`);
