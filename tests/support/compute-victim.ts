import { fileURLToPath } from 'node:url';
import { runCompute } from '@/server/compute/run';
import { openTestRuntime } from '@/tests/support/stores';

/** Says that the stores are open and the computation has begun. */
export const BEGUN = 'begun';

/** Computes what waits in the directory given, again and again with changed frequencies, until it is killed. */
async function main(dataDir: string): Promise<void> {
  const runtime = await openTestRuntime({ dataDir, keepDir: true });
  process.stdout.write(`${BEGUN}\n`);
  await runCompute(runtime.stores, { reason: 'victim' });
  process.stdout.write('done\n');
}

const [, self, dataDir] = process.argv;
if (self === fileURLToPath(import.meta.url) && dataDir) void main(dataDir);
