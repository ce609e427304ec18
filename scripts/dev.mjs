// npm run dev: the cockpit with reload, on the stores in DATA_DIR. `npm run seed` beside it fills them with demo data.
import { assertStartable, startNext, stopOnSignals } from './serve.mjs';

stopOnSignals();
await assertStartable();
startNext('dev');
