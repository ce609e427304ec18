import type { JudgedDay } from '@/metrics/calculus/unit-signals';
import type { RegionCode } from '@/metrics/model/cell';
import type { SignalRow } from '@/server/services/desk/signal-types';

/**
 * Cases of kinds of which one alone is a signal, by county and day. A wider kind (甲类) whose every alarm is made of just
 * the cases of those that it includes (鼠疫, 霍乱) says nothing that these do not say.
 */
export class SingleCases {
  private readonly counts = new Map<string, number>();

  add(region: RegionCode, kind: string, days: readonly JudgedDay[]): void {
    for (const { dayMs, count, measures } of days)
      if (measures.some((measure) => measure !== 'ears'))
        this.counts.set(keyOf(region, kind, dayMs), Number(count));
  }

  /** @param included kinds that are of the wider one by rule: a case of another kind is none of its cases */
  explain(
    { region, firstMs, lastMs }: SignalRow,
    days: readonly JudgedDay[],
    included: readonly string[],
  ): boolean {
    const casesOn = (dayMs: number) =>
      included.reduce((sum, kind) => sum + (this.counts.get(keyOf(region.code, kind, dayMs)) ?? 0), 0);
    return days
      .filter(({ dayMs, measures }) => dayMs >= firstMs && dayMs <= lastMs && measures.length > 0)
      .every(({ dayMs, count }) => casesOn(dayMs) === Number(count));
  }
}

function keyOf(region: RegionCode, kind: string, dayMs: number): string {
  return `${region}|${dayMs}|${kind}`;
}
