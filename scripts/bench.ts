import { Command, InvalidArgumentError } from 'commander';
import { benchCalculus } from '@/scripts/bench/calculus';
import { COCKPIT_PARTS } from '@/scripts/bench/cockpit-parts';
import { benchDay } from '@/scripts/bench/day';
import { benchLate } from '@/scripts/bench/late';
import { benchScan } from '@/scripts/bench/scan';
import { benchVintages } from '@/scripts/bench/vintages';

/** Parts on engines of their own; every one prints ratios within the same run, beside the goal. */
const ENGINE_PARTS = {
  calculus: benchCalculus,
  vintages: benchVintages,
  late: benchLate,
  day: benchDay,
  scan: benchScan,
} as const;
type EnginePart = keyof typeof ENGINE_PARTS;
const ENGINE_NAMES = Object.keys(ENGINE_PARTS) as EnginePart[];
const NAMES: readonly string[] = [...COCKPIT_PARTS, ...ENGINE_NAMES];

function parts(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !NAMES.includes(name));
  if (wrong !== undefined) throw new InvalidArgumentError(`parts are ${NAMES.join(', ')}`);
  return names;
}

function share(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1)) throw new InvalidArgumentError('expected a share above 0, at most 1');
  return value;
}

const { only, scale } = new Command('bench')
  .description(
    'Ratios against the raw engine, a hand-written query or a smaller history of the same run. Machines are noisy: read the ratios, and the processor time beside them.',
  )
  .option('--only <parts>', `only these, comma-separated: ${NAMES.join(', ')}`, parts)
  .option('--scale <share>', `size of the parts ${ENGINE_NAMES.join(', ')}`, share, 1)
  .addHelpText(
    'after',
    `\n${COCKPIT_PARTS.join(', ')} need a build (npm run build).\n  calculus  同比 and ranks, cells a millisecond\n  vintages  as-of reads against latest ones\n  late      one late row with one and ten years of history\n  day       1.6 million rows of one day: memory, and a wall beside it\n  scan      all metrics of 20 million rows against one statement by hand\n\nExample: npm run bench -- --only scan,late --scale 0.1`,
  )
  .parse()
  .opts<{ only?: string[]; scale: number }>();

const runs = (name: string) => only === undefined || only.includes(name);

if (COCKPIT_PARTS.some(runs)) {
  // Only now: the web framework takes seconds to load, and wants a build.
  const { benchCockpit } = await import('@/scripts/bench/cockpit');
  await benchCockpit(runs);
}
for (const name of ENGINE_NAMES) if (runs(name)) await ENGINE_PARTS[name](scale);
process.exit(0);
