// npm run dev: the cockpit with reload, on the stores in DATA_DIR. `npm run seed` beside it fills them with demo data.
import { assertStartable, helpAsked, startNext, stopOnSignals } from './serve.mjs';

helpAsked(`Usage: npm run dev

Starts the cockpit with reload on the stores in DATA_DIR, for who changes its code. Ctrl-C stops it.`);
stopOnSignals();
await assertStartable();
startNext('dev');
