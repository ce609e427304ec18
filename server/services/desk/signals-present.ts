import { z } from 'zod';
import { formatPeriod } from '@/metrics/time/label';
import { isoOf } from '@/metrics/time/zone';
import type { Context } from '@/server/context';
import type { SignalList } from '@/server/services/desk/signal-types';
import { readSignals } from '@/server/services/desk/signals';
import { asOfMsOf } from '@/server/services/observations/period-filter';

/** The names are those of the REST parameters. */
const signalsInput = z.object({
  code: z.string().max(64),
  /** Default: the widest region of the reader's scope. */
  region: z.coerce
    .number({ error: '区划应为六位 GB/T 2260 代码' })
    .int('区划应为六位 GB/T 2260 代码')
    .optional(),
  asOf: z.string().max(40).optional(),
});

/** {@link readSignals} for a question in text. */
export function readPublicSignals(ctx: Context, input: z.input<typeof signalsInput>): Promise<SignalList> {
  const { asOf, ...asked } = signalsInput.parse(input);
  return readSignals(ctx, { ...asked, asOfMs: asOf === undefined ? undefined : asOfMsOf(ctx, asOf) });
}

/** Signals as other systems read them: SDMX days, ISO instants, scores as text. */
export function publicSignals({ newestMs, asOfMs, region, signals, ...list }: SignalList) {
  return {
    metric: list.metric,
    region: region.code,
    regionName: region.name,
    asOf: isoOf(asOfMs),
    newestDay: newestMs === null ? null : formatPeriod('D', newestMs),
    days: list.days,
    tentativeDays: list.tentativeDays,
    judgedUnits: list.judged,
    unjudgedUnits: list.lacking,
    total: list.total,
    byColour: list.byColour,
    demo: list.demo,
    signals: signals.map((row) => ({
      region: row.region.code,
      regionName: row.region.name,
      slice: row.slice,
      kind: row.kind,
      colour: row.colour,
      tentative: row.tentative,
      day: row.day,
      count: row.count,
      baseline: row.baseline,
      c1: row.c1,
      c2: row.c2,
      c3: row.c3,
      alarms: row.alarms,
      byCount: row.byCount,
      firstDay: formatPeriod('D', row.firstMs),
      lastDay: formatPeriod('D', row.lastMs),
      alarmDays: row.alarmDays,
      demo: row.demo,
    })),
  };
}
