import type { JudgedDay } from '@/metrics/calculus/unit-signals';
import type { RegionCode } from '@/metrics/model/cell';
import type { SignalRow } from '@/server/services/desk/signal-types';

/**
 * Cases of kinds of which one alone is a signal, by county and day. A wider kind (甲类) whose every alarm is made of just
 * these cases says nothing that the kinds themselves do not say.
 */
export class SingleCases {
  private readonly counts = new Map<string, number>();

  add(region: RegionCode, days: readonly JudgedDay[]): void {
    for (const { dayMs, count, measures } of days) {
      if (!measures.some((measure) => measure !== 'ears')) continue;
      const key = keyOf(region, dayMs);
      this.counts.set(key, (this.counts.get(key) ?? 0) + Number(count));
    }
  }

  explain({ region, firstMs, lastMs }: SignalRow, days: readonly JudgedDay[]): boolean {
    return days
      .filter(({ dayMs, measures }) => dayMs >= firstMs && dayMs <= lastMs && measures.length > 0)
      .every(({ dayMs, count }) => this.counts.get(keyOf(region.code, dayMs)) === Number(count));
  }
}

function keyOf(region: RegionCode, dayMs: number): string {
  return `${region}|${dayMs}`;
}
