import { rank } from '@/metrics/calculus/rank';
import { yoy } from '@/metrics/calculus/yoy';
import { type Cost, costOf, medianCost } from './measure';

const CELLS = 100_000;
/** Ranked together: the cities and counties of the province. */
const REGIONS = 128;
const ROUNDS = 5;

/** 同比 and ranks of many cells, as a screen asks for them: values come as decimal text. */
export async function benchCalculus(scale: number): Promise<void> {
  const cells = Math.round(CELLS * scale);
  const values = Array.from({ length: cells }, (_, i) => ({
    current: `${1000 + ((i * 7919) % 90_000)}.${String((i * 104_729) % 10_000_000).padStart(10, '0')}`,
    base: `${900 + ((i * 6_271) % 90_000)}.${String((i * 15_485_863) % 10_000_000).padStart(10, '0')}`,
  }));
  const growth: Cost[] = [];
  const ranking: Cost[] = [];
  const both: Cost[] = [];
  let made = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const grown: (string | null)[] = [];
    const first = await costOf(async () => {
      for (const { current, base } of values) grown.push(yoy({ rule: 'value_ratio', current, base }).value);
    });
    const second = await costOf(async () => {
      for (let i = 0; i < cells; i += REGIONS) {
        const entries = grown.slice(i, i + REGIONS).map((value, key) => ({ key, value }));
        made += rank({ entries, direction: 'higher_better', precision: 1 }).length;
      }
    });
    // The first round is the compiler's.
    if (round === 0) continue;
    growth.push(first);
    ranking.push(second);
    both.push({ ms: first.ms + second.ms, cpuMs: first.cpuMs + second.cpuMs });
  }
  if (made !== cells * (ROUNDS + 1)) throw new Error(`ranked ${made} of ${cells} cells a round`);
  console.log(`calculus over ${cells} cells (goal: the order of 1000 cells a millisecond)`);
  for (const [what, costs] of [
    ['同比', growth],
    ['rank', ranking],
    ['both', both],
  ] as const) {
    const { ms, cpuMs } = medianCost(costs);
    console.log(
      `  ${what}: ${ms.toFixed(0)} ms (cpu ${cpuMs.toFixed(0)}), ${(cells / ms).toFixed(0)} cells/ms, by processor time ${(cells / cpuMs).toFixed(0)}`,
    );
  }
}
