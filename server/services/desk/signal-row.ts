import type { UnitSignal } from '@/metrics/calculus/unit-signals';
import { toDecimal } from '@/metrics/format/decimal';
import type { MetricDefinition } from '@/metrics/model/definition';
import { unitSlices } from '@/metrics/model/judged-unit';
import { parseSlice } from '@/metrics/model/slice';
import { parentOf } from '@/metrics/regions/tree';
import { formatPeriod } from '@/metrics/time/label';
import { nextPeriod } from '@/metrics/time/period';
import type { UnitDays } from '@/server/observations/unit-days';
import type { SignalRow } from '@/server/services/desk/signal-types';
import { sliceTitle, valueTitle } from '@/server/services/desk/words';
import { dayLabelAt, textOf } from '@/server/services/screens/figure';
import { regionRef } from '@/server/services/screens/reading';

/** A signal as it is read: the day that stands for it, and how long it has lasted. */
export function signalRow(
  definition: MetricDefinition,
  { region, slice, demo }: UnitDays,
  { firstMs, lastMs, alarms, worst }: UnitSignal,
  asOfMs: number,
): SignalRow {
  const city = parentOf(region);
  const usual = toDecimal(worst.ears.baseline);
  return {
    region: regionRef(region),
    city: city === null ? '' : regionRef(city).name,
    slice,
    kind: kindOf(definition, slice),
    colour: worst.lamp === null || worst.lamp === 'none' ? 'blue' : worst.lamp,
    tentative: worst.tentative,
    dayMs: worst.dayMs,
    day: formatPeriod('D', worst.dayMs),
    dayLabel: dayLabelAt(worst.dayMs, asOfMs),
    count: worst.count,
    countText: textOf(definition, { value: worst.count, measure: 'level', region }),
    excess:
      toDecimal(worst.count)
        ?.minus(usual ?? 0)
        .toNumber() ?? 0,
    baseline: worst.ears.baseline,
    c1: worst.ears.c1,
    c2: worst.ears.c2,
    c3: worst.ears.c3,
    alarms: worst.ears.alarms,
    byCount: worst.measures.some((measure) => measure !== 'ears'),
    firstMs,
    lastMs,
    spanLabel: firstMs === lastMs ? dayLabel(firstMs) : `${dayLabel(firstMs)}至${dayLabel(lastMs)}`,
    alarmDays: alarms,
    demo,
  };
}

/** A day as an end of something, whether it is over or not. */
export function dayLabel(periodMs: number): string {
  return dayLabelAt(periodMs, nextPeriod('D', periodMs));
}

/** 供热; with its dimension where that is not the metric's usual one: 类别=甲类. */
function kindOf(definition: MetricDefinition, slice: string): string {
  const [[dimension, value] = ['', '']] = Object.entries(parseSlice(slice));
  const [usual] = unitSlices(definition).keys();
  return dimension === usual ? valueTitle(dimension, value, definition) : sliceTitle(slice, definition);
}
