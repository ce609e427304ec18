import type { History } from '@/metrics/derive/known';
import type { Speakers } from '@/metrics/derive/speakers';
import type { CellKey, Freq, RegionCode } from '@/metrics/model/cell';
import { nextPeriod } from '@/metrics/time/period';
import type { Stores } from '@/server/context';
import { readHistory } from '@/server/observations/history';

/** What has to be at hand to replay some targets: gathered first, read at once. */
export class Wanted {
  private readonly metrics = new Set<string>();
  private readonly regions = new Set<RegionCode>();
  private readonly freqs = new Set<Freq>();
  private readonly slices = new Set(['']);
  private fromMs = Number.POSITIVE_INFINITY;
  private toMs = Number.NEGATIVE_INFINITY;

  add({ metric, rules, operands }: Speakers, targets: readonly CellKey[]): void {
    if (targets.length === 0) return;
    for (const one of [metric, ...operands]) this.metrics.add(one);
    for (const target of targets) {
      const { freq, periodMs, slice } = target;
      this.slices.add(slice);
      // A year may be read from its last month; everything else looks back only.
      this.toMs = Math.max(this.toMs, freq === 'A' ? nextPeriod('A', periodMs) : periodMs + 1);
      for (const rule of rules) {
        for (const region of rule.regionsOf(target)) this.regions.add(region);
        for (const read of rule.freqsOf(freq)) this.freqs.add(read);
        this.fromMs = Math.min(this.fromMs, rule.earliest(target));
      }
    }
  }

  async readInto(history: History, stores: Stores, sinceMs: number): Promise<void> {
    if (this.metrics.size === 0) return;
    const observations = await readHistory(stores, {
      metrics: [...this.metrics],
      freqs: [...this.freqs],
      regions: [...this.regions].sort((a, b) => a - b),
      slices: [...this.slices].sort(),
      fromMs: this.fromMs,
      toMs: this.toMs,
      sinceMs,
    });
    for (const one of observations) history.add(one, one);
  }
}

/** A publication batch may be older than anything that changed (calculus.md §6); such cells are few. */
export function readsBatches({ rules }: Speakers): boolean {
  return rules.some(({ kind }) => kind === 'deduced');
}
