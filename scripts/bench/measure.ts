/** Median of `times` runs of `work` in milliseconds; one run before, to warm. */
export async function medianMs(times: number, work: (i: number) => Promise<unknown>): Promise<number> {
  await work(-1);
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    const before = performance.now();
    await work(i);
    taken.push(performance.now() - before);
  }
  return median(taken);
}

export async function onceMs(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** One line of the report: what, ours, theirs, the ratio between them. */
export function report(what: string, oursMs: number, theirs?: { name: string; ms: number }): void {
  const ours = `${oursMs.toFixed(oursMs < 10 ? 2 : 0)} ms`;
  const against = theirs
    ? `  ${theirs.name} ${theirs.ms.toFixed(theirs.ms < 10 ? 2 : 0)} ms  ratio ${(oursMs / theirs.ms).toFixed(2)}×`
    : '';
  console.log(`  ${what}: ${ours}${against}`);
}

/** Wall time, and processor time of this process with the embedded engine in it: the latter hears no neighbours. */
export interface Cost {
  ms: number;
  cpuMs: number;
}

export async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const before = process.cpuUsage();
  const ms = await onceMs(work);
  const { user, system } = process.cpuUsage(before);
  return { ms, cpuMs: (user + system) / 1000 };
}

export function medianCost(costs: readonly Cost[]): Cost {
  return { ms: median(costs.map(({ ms }) => ms)), cpuMs: median(costs.map(({ cpuMs }) => cpuMs)) };
}

export function reportCost(what: string, ours: Cost, theirs: Cost & { name: string }, goal?: string): void {
  const text = ({ ms, cpuMs }: Cost) => `${ms.toFixed(ms < 10 ? 2 : 0)} ms (cpu ${cpuMs.toFixed(0)})`;
  const ratio = (a: number, b: number) => `${(a / b).toFixed(2)}×`;
  console.log(
    `  ${what}: ${text(ours)}  ${theirs.name} ${text(theirs)}  ratio ${ratio(ours.ms, theirs.ms)}, cpu ${ratio(ours.cpuMs, theirs.cpuMs)}${goal ? ` (goal ${goal})` : ''}`,
  );
}
